import type { Member } from "./members.js";

const metadata = { blob: "x".repeat(16_000) };
const text = `heavy ${"words of a long text ".repeat(470)}`;

/** A group with messages as heavy as a request may make them; its id. */
export async function createHeavyGroup({ vero }: Member, others: readonly string[], messages: number): Promise<string> {
  const { id } = await vero.conversations.create({
    type: "group",
    name: "Heavy",
    participant_ids: [...others],
    metadata,
  });
  for (let n = 0; n < messages; n += 1) {
    await vero.messages.send({ conversation_id: id, client_message_id: `${n}`, text, metadata }, { retries: 10 });
  }
  return id;
}

export const idsOf = (members: readonly Member[]): Promise<string[]> =>
  Promise.all(members.map(async ({ vero }) => (await vero.auth.me()).id));

/**
 * Each member does it again and again, `atOnce` at a time; a pause after a refusal, as clients make it. Returns how many
 * were done: an attack that is refused throughout shows nothing.
 */
export async function repeat(
  members: readonly Member[],
  atOnce: number,
  ended: AbortSignal,
  work: (member: Member) => Promise<{ status: number }>,
): Promise<number> {
  let done = 0;
  const loops = members.flatMap((member) => Array.from({ length: atOnce }, () => member));
  await Promise.all(
    loops.map(async (member) => {
      while (!ended.aborted) {
        const { status } = await work(member);
        if (status === 200) done += 1;
        else await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }),
  );
  return done;
}
