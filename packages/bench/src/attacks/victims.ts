import { setTimeout as delay } from "node:timers/promises";
import { createMembers, type Member } from "./members.js";

/** Something that people do again and again, at a pace that the rates allow. */
export interface Work {
  name: string;
  everyMs: number;
  /** Does it once; resolves with how many milliseconds it took. */
  act(member: Member): Promise<number>;
}

export interface Victims {
  /** Their work, in the order of the times. */
  works: readonly Work[];
  /** Milliseconds that each piece of work took. */
  workUntil(ended: AbortSignal): Promise<number[][]>;
}

const peopleEach = 4;

/** Milliseconds until it has been done; it must succeed. */
export async function timed(what: string, request: () => Promise<{ status: number }>): Promise<number> {
  const begun = performance.now();
  const { status } = await request();
  if (status !== 200) throw new Error(`${what} of another workspace was answered with ${status}.`);
  return performance.now() - begun;
}

async function workOf({ everyMs, act }: Work, members: readonly Member[], ended: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  const loops = members.map(async (member) => {
    while (!ended.aborted) {
      times.push(await act(member));
      await delay(everyMs * (0.75 + Math.random() / 2));
    }
  });
  await Promise.all(loops);
  return times;
}

/** People of another workspace who write to each other, and do what else is named, and notice the attack or not. */
export async function createVictims(url: string, ...others: Work[]): Promise<Victims> {
  const groups: Member[][] = [];
  const members = await createMembers(url, "Victims", peopleEach * (1 + others.length));
  while (members.length > 0) groups.push(members.splice(0, peopleEach));
  const [writers = []] = groups;
  const { id: conversation_id } = await (writers[0] as Member).vero.conversations.create({
    type: "group",
    name: "Victims",
    participant_ids: await Promise.all(writers.slice(1).map(async ({ vero }) => (await vero.auth.me()).id)),
  });
  const sends: Work = {
    name: "sends",
    everyMs: 250,
    act: ({ request }) =>
      timed("A send", () => request("POST", "/v1/chat/messages/send", { conversation_id, text: "Hello" })),
  };
  const works = [sends, ...others];
  return {
    works,
    workUntil: (ended) => Promise.all(works.map((work, at) => workOf(work, groups[at] ?? [], ended))),
  };
}
