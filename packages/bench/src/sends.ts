import { isVeroError, type Message, type Vero } from "@vero/sdk";
import { percentile } from "./order.js";
import { meet, type Person, part } from "./people.js";
import { withServer } from "./server.js";
import { table } from "./summary.js";
import { createTexts } from "./texts.js";
import { runTool, say } from "./tool.js";

const sends = 1_000;
const repeated = 50;
const made = createTexts(1);
const texts = Array.from({ length: sends }, () => made.message("latin"));

interface Outcome {
  key: string;
  message: Message | undefined;
  code: string;
  ms: number;
}

/** Every attempt counts: nothing is repeated by the client itself. */
async function send({ vero }: Person, conversation_id: string, key: string): Promise<Outcome> {
  const begun = performance.now();
  const outcome = (message: Message | undefined, code: string): Outcome => ({
    key,
    message,
    code,
    ms: performance.now() - begun,
  });
  try {
    const input = { conversation_id, client_message_id: key, text: texts[Number(key)] as string };
    return outcome(await vero.messages.send(input, { retries: 0, timeoutMs: 60_000 }), "");
  } catch (error) {
    return outcome(undefined, isVeroError(error) ? error.code : String(error));
  }
}

async function listAll(vero: Vero, id: string): Promise<Message[]> {
  const all: Message[] = [];
  for (let more = true; more; ) {
    const page = await vero.messages.list({ id, after_seq: all.at(-1)?.seq ?? 0, limit: 200 });
    all.push(...page.items);
    more = page.has_more_after;
  }
  return all;
}

/** A thousand sends at once to one conversation; fifty of them are repetitions, under way beside what they repeat. */
await runTool("sends", () =>
  withServer(async (url) => {
    const people = await meet(url);
    const [ada, grace] = people;
    const { id } = await ada.vero.conversations.create({ type: "direct", participant_ids: [grace.id] });
    const keys = Array.from({ length: sends }, (_, index) => String(index % (sends - repeated)));
    const begun = performance.now();
    // A key belongs to its sender: a repetition has to come from the same one.
    const outcomes = await Promise.all(keys.map((key) => send(Number(key) % 2 === 0 ? ada : grace, id, key)));
    const seconds = (performance.now() - begun) / 1000;

    const stored = await listAll(grace.vero, id);
    part(people);
    const ids = new Map<string, Set<string>>();
    for (const { key, message } of outcomes) {
      if (message !== undefined) ids.set(key, (ids.get(key) ?? new Set()).add(message.id));
    }
    const failed = outcomes.filter(({ message }) => message === undefined);
    const distinct = new Set(keys).size;
    const perKey = new Set(stored.map(({ client_message_id }) => client_message_id)).size;
    const disagreeing = [...ids.values()].filter((set) => set.size > 1).length;
    const holes = stored.filter(({ seq }, index) => seq !== index + 1).length;
    const times = outcomes.map(({ ms }) => ms);
    table([
      ["sends at once", String(sends)],
      ["keys", String(distinct)],
      ["failed", String(failed.length)],
      ["messages", String(stored.length)],
      ["keys with a message", String(perKey)],
      ["keys with two answers", String(disagreeing)],
      ["seq not 1 to n", String(holes)],
      ["seconds", seconds.toFixed(2)],
      ["sends/s", (sends / seconds).toFixed(0)],
      ["answered in, p50 (ms)", percentile(times, 50).toFixed(0)],
      ["answered in, p99 (ms)", percentile(times, 99).toFixed(0)],
    ]);
    for (const code of new Set(failed.map((one) => one.code))) say(`  failed with: ${code}`);
    return failed.length + disagreeing + holes === 0 && stored.length === distinct && perKey === distinct;
  }),
);
