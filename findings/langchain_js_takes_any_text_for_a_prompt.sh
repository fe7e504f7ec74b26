#!/usr/bin/env bash
# @langchain/core 0.3.80 (JavaScript, RemoteRunnable), Node 20.
#
# Guess: a LangServe answer whose output holds a plain object with a field `text` arrives as that object.
# Seen: it becomes a StringPromptValue made of that text alone; its other fields are gone. An object without `text` arrives as sent.
#
#   {"id":"f1","text":"3 juniors","state":"holds"}  ->  StringPromptValue "3 juniors", no id, no state
#   {"id":"f1","words":"3 juniors"}                 ->  {"id":"f1","words":"3 juniors"}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --no-package-lock @langchain/core@0.3.80 >/dev/null
cat > ask.mjs <<'SCRIPT'
import { createServer } from "node:http";
import { RemoteRunnable } from "@langchain/core/runnables/remote";

const output = { facts: [{ id: "f1", text: "3 juniors", state: "holds" }], others: [{ id: "f1", words: "3 juniors" }] };
const server = createServer((_, answer) => {
  answer.setHeader("Content-Type", "application/json");
  answer.end(JSON.stringify({ output, metadata: {} }));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const came = await new RemoteRunnable({ url: `http://127.0.0.1:${server.address().port}` }).invoke({});
server.close();
const [fact] = came.facts, [other] = came.others;
console.log(fact.constructor.name, JSON.stringify({ id: fact.id, state: fact.state, value: fact.value }), JSON.stringify(other));
const seen = fact.constructor.name === "StringPromptValue" && fact.id === undefined && fact.state === undefined && fact.value === "3 juniors";
process.exit(seen && other.id === "f1" ? 0 : 1);
SCRIPT
node ask.mjs
