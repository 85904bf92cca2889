import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import { deleteConversation, removeFrom } from "../harness/actions.js";
import { call } from "../harness/client.js";
import { type Agent, agentsOf, blockBetween, walk } from "../harness/directory.js";
import { createWorkspace, directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();

interface Office {
  boss: Person;
  admin: Person;
  agent: Person;
  member: Person;
}

async function office(): Promise<Office> {
  const { stack } = workspace;
  const boss = await createWorkspace(stack, "Boss");
  const [admin, agent, member] = [
    await invite(stack, boss, "Admin", "admin"),
    await invite(stack, boss, "Agent", "agent"),
    await invite(stack, boss, "Member"),
  ];
  return { boss, admin, agent, member };
}

const byName = (agents: readonly Agent[]) => Object.fromEntries(agents.map((one) => [one.user.display_name, one]));
const availabilities = async (by: Person) =>
  Object.fromEntries((await agentsOf(by)).map(({ user, availability }) => [user.display_name, availability]));
const choose = async (person: Person, availability: string): Promise<void> => {
  const { status, body } = await person.call("PATCH /auth/profile", { body: { availability } });
  expect([status, body]).toMatchObject([200, { availability }]);
};
const openOf = async (by: Person, name: string) => byName(await agentsOf(by))[name]?.open_conversation_count;

describe("200", () => {
  it("owners, admins and agents by name, the caller too, and as others see them", async () => {
    const { member, boss } = await office();
    const agents = await agentsOf(member);
    expect(agents.map(({ user }) => [user.display_name, user.role])).toEqual([
      ["Admin", "admin"],
      ["Agent", "agent"],
      ["Boss", "owner"],
    ]);
    expect(await agentsOf(boss)).toEqual(agents);
    expect(JSON.stringify(agents)).not.toMatch(/@|email|phone/);
    expect((await agentsOf(workspace.ada)).map(({ user }) => user.display_name)).toEqual(["Ada"]);
  });

  it("follows roles and deactivation", async () => {
    const { boss, agent, member } = await office();
    const change = (person: Person, body: object) => boss.call(`PATCH /auth/members/${person.id}`, { body });
    await change(member, { role: "agent" });
    await change(agent, { role: "member" });
    expect(Object.keys(byName(await agentsOf(boss)))).toEqual(["Admin", "Boss", "Member"]);
    await change(member, { deactivated: true });
    expect(Object.keys(byName(await agentsOf(boss)))).toEqual(["Admin", "Boss"]);
  });

  it("the availability that was chosen, offline without a socket, and across a block", async () => {
    const { boss, admin, agent, member } = await office();
    expect(await availabilities(member)).toEqual({ Admin: "offline", Agent: "offline", Boss: "offline" });
    await choose(admin, "busy");
    await choose(boss, "offline");
    expect(await availabilities(member)).toEqual({ Admin: "offline", Agent: "offline", Boss: "offline" });
    await withSockets(workspace.stack, [boss, admin, agent], async () => {
      expect(await availabilities(member)).toEqual({ Admin: "busy", Agent: "online", Boss: "offline" });
      // A user who has chosen to be offline is still connected.
      expect(byName(await agentsOf(member))["Boss"]?.user.is_online).toBe(true);
      await blockBetween(workspace.stack, agent, member);
      await blockBetween(workspace.stack, member, admin);
      expect(await availabilities(member)).toEqual({ Admin: "offline", Agent: "offline", Boss: "offline" });
      expect(byName(await agentsOf(member))["Agent"]?.user).toMatchObject({ is_online: false, last_seen_at: null });
      expect(await availabilities(boss)).toEqual({ Admin: "busy", Agent: "online", Boss: "offline" });
    });
  });

  it("how many conversations each has open: neither archived nor deleted, for oneself or for everyone, nor left", async () => {
    const { boss, agent, member } = await office();
    const open = () => openOf(member, "Agent");
    expect(await open()).toBe(0);
    const direct = await directBetween(member, agent);
    const first = await groupOf(member, [agent]);
    const own = await groupOf(agent, []);
    const left = await groupOf(boss, [agent]);
    expect(await open()).toBe(4);
    expect(await openOf(member, "Boss")).toBe(1);
    await agent.call(`POST /v1/chat/conversations/${first.id}/archive`);
    expect(await open()).toBe(3);
    await removeFrom(agent, left.id, agent.id);
    expect(await open()).toBe(2);
    await deleteConversation(agent, own.id, "for_everyone");
    expect(await open()).toBe(1);
    await deleteConversation(agent, direct.id, "for_me");
    expect(await open()).toBe(0);
    // It is back with the next message, and the archived one when it is taken out.
    await say(member, direct.id, "are you there?");
    await agent.call(`DELETE /v1/chat/conversations/${first.id}/archive`);
    expect(await open()).toBe(2);
    // Archiving by others does not count.
    await member.call(`POST /v1/chat/conversations/${first.id}/archive`);
    expect(await open()).toBe(2);
  });

  it("page by page", async () => {
    const { member } = await office();
    const whole = await agentsOf(member);
    expect(await walk<Agent>(member, "/v1/chat/agents", { limit: 1 })).toEqual(whole);
  });
});

describe("400", () => {
  it.each([
    ["limit", "limit=101"],
    ["cursor", "cursor=x"],
    ["role", "role=agent"],
  ])("validation_failed for %s in %s", async (path, query) => {
    const answer = await workspace.ada.call<object>(`GET /v1/chat/agents?${query}`);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual([path]);
  });
});

describe("401", () => {
  it("unauthenticated", async () => {
    expectProblem(await call(workspace.stack.url, "GET /v1/chat/agents"), 401, "unauthenticated");
  });
});
