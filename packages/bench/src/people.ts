import { randomBytes, randomUUID } from "node:crypto";
import { createVero, type Vero } from "@vero/sdk";
import { Inbox } from "./inbox.js";

/** Somebody who is signed in and connected. */
export interface Person {
  id: string;
  name: string;
  vero: Vero;
  inbox: Inbox;
  /** How many of the calls were answered: not so fast. The client then waits and calls again. */
  heldBack(): number;
}

const connectWithin = 15_000;

async function signUp(
  baseUrl: string,
  name: string,
  place: { tenant_name: string } | { invite_token: string },
): Promise<Person> {
  let heldBack = 0;
  const counting: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (answer.status === 429) heldBack += 1;
    return answer;
  };
  const vero = createVero({ baseUrl, fetch: counting });
  const { user } = await vero.auth.signup({
    email: `${name.toLowerCase()}.${randomUUID()}@example.com`,
    password: randomBytes(18).toString("base64url"),
    display_name: name,
    ...place,
  });
  const inbox = new Inbox(vero.realtime);
  await vero.realtime.connect({ signal: AbortSignal.timeout(connectWithin) });
  return { id: user.id, name, vero, inbox, heldBack: () => heldBack };
}

/** Ada founds a workspace and invites Grace; new ones at every run. */
export async function meet(baseUrl: string): Promise<[ada: Person, grace: Person]> {
  const ada = await signUp(baseUrl, "Ada", { tenant_name: "Analytical Engines" });
  const { token } = await ada.vero.auth.createInvite({ role: "member" });
  const grace = await signUp(baseUrl, "Grace", { invite_token: token });
  return [ada, grace];
}

export function part(people: readonly Person[]): void {
  for (const { vero } of people) vero.realtime.close();
}
