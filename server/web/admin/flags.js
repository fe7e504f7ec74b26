/** The switches of a company: what they do, in the words of the page. */

/** @typedef {{flag: string, name: string, text: string, usual: boolean}} Flag */

/** What switching on `admins_may_read_conversations` does on the employees' page. */
export const READING_TOLD = "Before they start, employees are told under “Who sees it” that HR admins may also read the conversation, and that each reading is written down.";

/** Fields of the form that employees fill in before they begin. */
export const FORM_FLAGS = /** @type {Flag[]} */ ([
  { flag: "show_grade", name: "Ask for the grade", text: "Employees may leave it empty.", usual: true },
  { flag: "show_years_of_service", name: "Ask for the years at the company", text: "Employees may leave it empty.", usual: true },
  { flag: "show_age_field", name: "Ask for the age range", text: "Employees may leave it empty. In many countries you should not ask.", usual: true },
]);

export const TALK_FLAGS = /** @type {Flag[]} */ ([
  {
    flag: "confirm_refined_goal", name: "Employees confirm each goal before it is scored", usual: false,
    text: "The coach shows the refined goal and waits for a yes or an edit. Without it, goals are scored at once and can be edited afterwards.",
  },
  {
    flag: "admins_may_read_conversations", name: "HR admins may read conversations", usual: false,
    text: `${READING_TOLD} It holds for sessions that begin after you save; what was begun before stays private. Each reading is written to the audit.`,
  },
]);

/** @param {string} flag */
export function flagName(flag) {
  return [...FORM_FLAGS, ...TALK_FLAGS].find((one) => one.flag === flag)?.name ?? `Switch ${flag}`;
}
