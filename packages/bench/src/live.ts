import { setTimeout as delay } from "node:timers/promises";
import { compare, type Sent } from "./order.js";
import type { Person } from "./people.js";
import { createTexts } from "./texts.js";
import { say } from "./tool.js";

const texts = createTexts(1);
const lines: [speaker: 0 | 1, text: string][] = [
  [0, "Good morning, Grace! Is the new chat up?"],
  [1, "It is. One command, and its database came along by itself."],
  [0, "Does it keep things in order when I type fast?"],
  [0, "Like this."],
  [0, "And this."],
  [1, "Seq 3, 4, 5. Nothing overtakes anything here."],
  [0, "And if my train enters a tunnel?"],
  [1, "Then your client sends again, and the key it sends along makes that one message, not two."],
  [0, "Lovely. Tea?"],
  [1, "Tea. ☕"],
  [0, `Whatever the script: ${texts.sentence("arabic")}`],
  [1, texts.sentence("devanagari")],
  [0, texts.sentence("han")],
];

const patienceMs = 10_000;
/** For those who watch; a script need not wait. */
const pauseMs = process.stdout.isTTY ? 350 : 0;

/** A few lines between two people; each is printed when it has arrived at the other side. */
export async function chatLive(people: readonly [Person, Person]): Promise<boolean> {
  const [ada, grace] = people;
  const { id } = await ada.vero.conversations.create({ type: "direct", participant_ids: [grace.id] });
  for (const { name, inbox } of people) {
    if (!(await inbox.appeared(id, patienceMs))) throw new Error(`The conversation did not appear at ${name}'s side.`);
  }
  const begun = new Map<string, number>();
  const speakers = new Map(people.map((person) => [person.id, person]));
  const ends = people.map((listener) =>
    listener.vero.realtime.on("message.created", ({ data: { message } }) => {
      if (message.conversation_id !== id || message.sender_id === listener.id) return;
      const ms = performance.now() - (begun.get(message.client_message_id ?? "") ?? Number.NaN);
      const from = speakers.get(message.sender_id ?? "")?.name ?? "?";
      say(`  ${String(message.seq).padStart(3)}  ${ms.toFixed(1).padStart(6)} ms  ${from.padEnd(5)}  ${message.text}`);
    }),
  );
  say("  seq    arrived  from");
  const sent: Sent[] = [];
  for (const [index, [speaker, text]] of lines.entries()) {
    const key = String(index);
    begun.set(key, performance.now());
    const { vero } = people[speaker];
    const { seq } = await vero.messages.send({ conversation_id: id, client_message_id: key, text });
    sent.push({ key, seq, text });
    await delay(pauseMs);
  }
  for (const { inbox } of people) await inbox.holds(id, sent.length, patienceMs);
  for (const end of ends) end();
  const verdicts = people.map(({ inbox }) => compare(sent, inbox.of(id)));
  const isFine = verdicts.every((verdict) => Object.values(verdict).every((count) => count === 0));
  say();
  say(
    isFine ? `  Both sides hold all ${sent.length} messages, in order.` : `  Not as sent: ${JSON.stringify(verdicts)}`,
  );
  return isFine;
}
