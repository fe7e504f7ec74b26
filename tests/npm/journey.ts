// Sarah's journey with LangChain's own client: two turns streamed, one through streamEvents, one invoked. Prints what came as JSON.
import { RemoteRunnable } from "@langchain/core/runnables/remote";
import type { GraphAnswer, GraphTurn, TurnEvent } from "./types.d.ts";

declare const process: { env: Record<string, string> };
const url = process.env["URL"]!;
const options = { headers: JSON.parse(process.env["HEADERS"]!) as Record<string, string> };
const [first, second, values, actions] = JSON.parse(process.env["MESSAGES"]!) as [string, string, string, string];

const talking = new RemoteRunnable<GraphTurn, TurnEvent, Record<string, unknown>>({ url, options });
const asking = new RemoteRunnable<GraphTurn, GraphAnswer, Record<string, unknown>>({ url: `${url}/`, options });
const came: TurnEvent[][] = [];

for (const message of [first, second]) {
  const events: TurnEvent[] = [];
  for await (const event of await talking.stream({ message })) events.push(event);
  came.push(events);
}

const watched: TurnEvent[] = [];
for await (const told of talking.streamEvents({ message: values }, { version: "v2" })) {
  if (told.event === "on_chain_stream") watched.push(told.data.chunk as TurnEvent);
}
came.push(watched);

const answer = await asking.invoke({ message: actions, turn_id: "by-javascript" });
came.push(answer.events);

const refused = await asking.invoke({ message: actions }).catch((error: Error) => error.message);
console.log(JSON.stringify({ came, turnId: answer.turn_id, refused }));
