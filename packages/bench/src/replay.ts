import { isVeroError } from "@vero/sdk";
import type { Chat } from "./chats.js";
import { compare, flawless, type Received, type Sent, sum, type Verdict } from "./order.js";
import { patiently } from "./patience.js";
import type { Person } from "./people.js";

const atOnce = 8;
/** Longer than the service takes to notice an event that its bus has lost. */
const patienceMs = 10_000;

export interface Replay {
  conversations: number;
  messages: number;
  verdict: Verdict;
  /** Texts that the service would not take: those are not lost, it said so. */
  refused: string[];
  /** From the call of send to the event at the other side, in milliseconds. */
  latencies: number[];
  seconds: number;
}

interface Begun extends Sent {
  speaker: Person;
  begun: number;
}

/** Undefined when the service does not take the text; `refused` then says why. */
async function send(speaker: Person, conversation_id: string, key: string, text: string, refused: string[]) {
  const begun = performance.now();
  try {
    const input = { conversation_id, client_message_id: key, text };
    const { seq } = await patiently(() => speaker.vero.messages.send(input));
    return { key, seq, text, speaker, begun };
  } catch (error) {
    if (!isVeroError(error, "validation_failed") && !isVeroError(error, "payload_too_large")) throw error;
    const why = error.errors?.map(({ path, message }) => `${path} ${message}`).join(", ") ?? error.detail;
    refused.push(`message ${Number(key) + 1}: ${why}`);
    return undefined;
  }
}

const latenciesOf = (sent: readonly Begun[], listener: Person, received: readonly Received[]): number[] => {
  const begun = new Map(sent.filter(({ speaker }) => speaker !== listener).map((one) => [one.key, one.begun]));
  return received.flatMap(({ key, at }) => (begun.has(key) ? [at - (begun.get(key) as number)] : []));
};

async function replayOne(chat: Chat, people: readonly [Person, Person], replay: Replay): Promise<void> {
  const [ada, grace] = people;
  // A pair has one direct conversation, hence groups.
  const { id } = await patiently(() =>
    ada.vero.conversations.create({ type: "group", name: chat.id, participant_ids: [grace.id] }),
  );
  for (const { name, inbox } of people) {
    if (!(await inbox.appeared(id, patienceMs))) throw new Error(`${chat.id} did not appear at ${name}'s side.`);
  }
  const sent: Begun[] = [];
  const refused: string[] = [];
  for (const [index, [speaker, text]] of chat.messages.entries()) {
    const message = await send(people[speaker - 1] as Person, id, String(index), text, refused);
    if (message !== undefined) sent.push(message);
  }
  await Promise.all(people.map(({ inbox }) => inbox.holds(id, sent.length, patienceMs)));
  replay.conversations += 1;
  replay.messages += sent.length;
  replay.refused.push(...refused.map((line) => `${chat.id}, ${line}`));
  for (const person of people) {
    const received = person.inbox.of(id);
    replay.verdict = sum(replay.verdict, compare(sent, received));
    replay.latencies.push(...latenciesOf(sent, person, received));
  }
}

/** Says the conversations between two people, several at a time, and compares what arrives at both sides. */
export async function replayChats(chats: readonly Chat[], people: readonly [Person, Person]): Promise<Replay> {
  const replay: Replay = {
    conversations: 0,
    messages: 0,
    verdict: flawless(),
    refused: [],
    latencies: [],
    seconds: 0,
  };
  const begun = performance.now();
  const queue = chats.values();
  const work = async () => {
    for (const chat of queue) await replayOne(chat, people, replay);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  replay.seconds = (performance.now() - begun) / 1000;
  return replay;
}
