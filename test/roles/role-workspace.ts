import { afterAll, beforeAll } from "vitest";
import { createWorkspace, groupOf, invite, logIn, type Person, say } from "../harness/people.js";
import { connect, type TestSocket } from "../harness/socket.js";
import { type Stack, startStack } from "../harness/stack.js";
import { type Role, roles } from "./roles.js";

export type SignedInRole = Exclude<Role, "anonymous">;
export const signedInRoles = roles.filter((role) => role !== "anonymous");

/** Somebody in a role, with a conversation that nobody else is in, and a socket for each session. */
export interface Player {
  role: SignedInRole;
  person: Person;
  home: string;
  homeMessage: string;
  sockets: TestSocket[];
}

export interface RoleWorkspace {
  stack: Stack;
  players: Record<SignedInRole, Player>;
  /** Takes part as a member, and is what things are done to. */
  target: Person;
  /** The same, as an admin. */
  peer: Person;
}

async function play(stack: Stack, role: SignedInRole, person: Person, sessions: number): Promise<Player> {
  const home = (await groupOf(person, [], `Home of ${role}`)).id;
  const { id: homeMessage } = await say(person, home, "at home");
  const sockets = [await connect(stack, person)];
  while (sockets.length < sessions) sockets.push(await connect(stack, await logIn(person)));
  return { role, person, home, homeMessage, sockets };
}

export function useRoleWorkspace({ sessions }: { sessions: number }): RoleWorkspace {
  const workspace = {} as RoleWorkspace;
  beforeAll(async () => {
    // Nobody goes offline while a test counts who was notified that somebody came.
    const stack = await startStack({ VERO_OFFLINE_AFTER: "3600" });
    const boss = await createWorkspace(stack, "Boss");
    const people: Record<SignedInRole, Person> = {
      other_tenant: await createWorkspace(stack, "Foreigner"),
      outsider: await invite(stack, boss, "Outsider"),
      workspace_owner: boss,
      ex_member: await invite(stack, boss, "Former"),
      member: await invite(stack, boss, "Member"),
      workspace_admin: await invite(stack, boss, "Janitor", "admin"),
      admin: await invite(stack, boss, "Admin"),
      owner: await invite(stack, boss, "Owner"),
    };
    const players: Partial<RoleWorkspace["players"]> = {};
    for (const role of signedInRoles) players[role] = await play(stack, role, people[role], sessions);
    Object.assign(workspace, {
      stack,
      players,
      target: await invite(stack, boss, "Target"),
      peer: await invite(stack, boss, "Peer"),
    });
  });
  afterAll(async () => {
    for (const { sockets } of Object.values(workspace.players ?? {}))
      for (const socket of sockets) await socket.close();
    await workspace.stack?.close();
  });
  return workspace;
}
