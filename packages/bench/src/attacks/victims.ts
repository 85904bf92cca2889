import { setTimeout as delay } from "node:timers/promises";
import { createMembers, type Member } from "./members.js";

/** A pace that the rate of sending allows. */
const everyMs = 250;

export interface Victims {
  /** Milliseconds that each send took, for so long. */
  sendFor(ms: number): Promise<number[]>;
}

/** People of another workspace who write to each other, and notice the attack or not. */
export async function createVictims(url: string): Promise<Victims> {
  const members = await createMembers(url, "Victims", 4);
  const { id: conversation_id } = await (members[0] as Member).vero.conversations.create({
    type: "group",
    name: "Victims",
    participant_ids: await Promise.all(members.slice(1).map(async ({ vero }) => (await vero.auth.me()).id)),
  });
  async function send({ request }: Member): Promise<number> {
    const begun = performance.now();
    const { status } = await request("POST", "/v1/chat/messages/send", { conversation_id, text: "Hello" });
    if (status !== 200) throw new Error(`A send of another workspace was answered with ${status}.`);
    return performance.now() - begun;
  }
  return {
    async sendFor(ms) {
      const end = performance.now() + ms;
      const times: number[] = [];
      await Promise.all(
        members.map(async (member) => {
          while (performance.now() < end) {
            times.push(await send(member));
            await delay(everyMs * (0.75 + Math.random() / 2));
          }
        }),
      );
      return times;
    },
  };
}
