import js from "@eslint/js";

/** What would make text HTML or code. Browsers refuse it too (Trusted Types); here it is found before anything runs. */
const HTML = ["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc", "write", "writeln", "createContextualFragment"];

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    rules: {
      "no-undef": "off", // the TypeScript compiler knows the browser's names better
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-restricted-properties": ["error", ...HTML.map((property) => ({ property }))],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
];
