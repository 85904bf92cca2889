import type { User } from "@vero/contracts";
import { createVero, isVeroError, type Vero } from "@vero/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { addTo } from "../harness/actions.js";
import { agentsOf, namesOf, found as searched, usersOf } from "../harness/directory.js";
import { createWorkspace, directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { connect } from "../harness/socket.js";
import { type Stack, startStack } from "../harness/stack.js";
import { waitFor } from "../harness/waiting.js";
import { historyOf } from "../harness/workspace.js";

let stack: Stack;
const open: Vero[] = [];
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => {
  for (const vero of open) vero.realtime.close();
  await stack.close();
});

const client = (): Vero => {
  const vero = createVero({ baseUrl: stack.url });
  open.push(vero);
  return vero;
};

let count = 0;
async function signUp(display_name: string, workspace: { tenant_name: string } | { invite_token: string }) {
  const vero = client();
  count += 1;
  const email = `${display_name.toLowerCase()}.${count}@members.example.com`;
  const password = "a passphrase for tests";
  const { user } = await vero.auth.signup({ email, password, display_name, ...workspace });
  return { vero, user, email, password };
}

const update = (by: Person, { id }: { id: string }, body: object) =>
  by.call<User>(`PATCH /auth/members/${id}`, { body });
const agentNames = async (by: Person) => (await agentsOf(by)).map(({ user }) => user.display_name);

describe("with the SDK", () => {
  it("an owner invites an agent and a member; they talk; roles change; one is deactivated, and comes back", async () => {
    const owner = await signUp("Owner", { tenant_name: "Support" });
    const inviteAs = async (role: "agent" | "member") => (await owner.vero.auth.createInvite({ role })).token;
    const agent = await signUp("Agent", { invite_token: await inviteAs("agent") });
    const member = await signUp("Member", { invite_token: await inviteAs("member") });
    expect([owner, agent, member].map(({ user }) => [user.role, user.tenant.id])).toEqual([
      ["owner", owner.user.tenant.id],
      ["agent", owner.user.tenant.id],
      ["member", owner.user.tenant.id],
    ]);
    expect((await owner.vero.auth.listInvites()).items).toEqual([]);

    const { id } = await member.vero.conversations.create({ type: "direct", participant_ids: [agent.user.id] });
    const roles: string[] = [];
    const presence: boolean[] = [];
    member.vero.realtime.on("user.updated", ({ data }) => roles.push(`${data.user.display_name} ${data.user.role}`));
    member.vero.realtime.on("presence.changed", ({ data }) => presence.push(data.is_online));
    await member.vero.realtime.connect();
    const ended = new Promise<number | null>((resolve) => {
      agent.vero.realtime.on("disconnected", ({ code }) => resolve(code));
    });
    await agent.vero.realtime.connect();
    await agent.vero.messages.send({ conversation_id: id, text: "How can I help?" });
    await waitFor(async () => presence.length === 1);
    const [listed] = (await member.vero.users.listAgents()).items;
    expect(listed).toMatchObject({ user: { id: agent.user.id }, availability: "online", open_conversation_count: 1 });

    await owner.vero.auth.updateMember({ userId: agent.user.id, role: "admin" });
    await waitFor(async () => roles.includes("Agent admin"));
    expect((await agent.vero.auth.me()).role).toBe("admin");
    await agent.vero.auth.listInvites();
    await owner.vero.auth.updateMember({ userId: agent.user.id, role: "member" });
    const refusal = await agent.vero.auth.createInvite({ role: "member" }).catch((error: unknown) => error);
    expect(isVeroError(refusal, "forbidden")).toBe(true);
    expect((await member.vero.users.listAgents()).items.map(({ user }) => user.display_name)).toEqual(["Owner"]);

    await owner.vero.auth.updateMember({ userId: agent.user.id, deactivated: true });
    expect(await ended).toBe(4502);
    const out = await agent.vero.auth.me().catch((error: unknown) => error);
    expect(isVeroError(out)).toBe(true);
    expect((await member.vero.users.list()).items.map(({ display_name }) => display_name)).toEqual(["Owner"]);
    expect((await member.vero.users.search({ q: "agent" })).items).toEqual([]);
    const { items } = await member.vero.messages.list({ id });
    const { items: participants } = await member.vero.participants.list({ id });
    const writer = participants.find(({ user }) => user.id === items[0]?.sender_id);
    expect(writer?.user.display_name).toBe("Agent");

    await owner.vero.auth.updateMember({ userId: agent.user.id, deactivated: false });
    const again = client();
    await again.auth.login({ email: agent.email, password: agent.password });
    expect((await again.messages.list({ id })).items).toEqual(items);
  });
});

describe("a role that changes", () => {
  it("counts at once where people are invited, also for who has just been refused nothing", async () => {
    const owner = await createWorkspace(stack, "Owner");
    const admin = await invite(stack, owner, "Admin", "admin");
    const other = await invite(stack, owner, "Other", "owner");
    const create = (by: Person, role: string) => by.call<object>("POST /auth/invites", { body: { role } });
    expect((await create(admin, "member")).status).toBe(200);
    expect((await create(other, "owner")).status).toBe(200);
    await update(owner, admin, { role: "member" });
    await update(owner, other, { role: "admin" });
    expectProblem(await create(admin, "member"), 403, "forbidden");
    expectProblem(await create(other, "owner"), 403, "forbidden");
    expectProblem(await admin.call<object>("GET /auth/invites"), 403, "forbidden");
    expectProblem(await update(admin, other, { role: "member" }), 403, "forbidden");
    const [row] = await stack.database
      .sql`select count(*)::int as n from invites where tenant_id = ${owner.me.tenant.id} and used_at is null`;
    expect(row?.["n"]).toBe(2);
  });

  it("is delivered to those who share a conversation, with the whole user, and shows in every list", async () => {
    const owner = await createWorkspace(stack, "Owner");
    const [agent, member] = [await invite(stack, owner, "Agent", "agent"), await invite(stack, owner, "Member")];
    await directBetween(agent, member);
    const socket = await connect(stack, member);
    await update(owner, agent, { role: "member" });
    const frame = await socket.event("user.updated", ({ data }) => data.user.role === "member");
    expect(frame["data"].user).toEqual((await usersOf(member)).find(({ id }) => id === agent.id));
    expect(await agentNames(member)).toEqual(["Owner"]);
    await update(owner, member, { role: "agent" });
    expect(await agentNames(owner)).toEqual(["Member", "Owner"]);
    await socket.close();
  });
});

describe("somebody who is deactivated", () => {
  it("is refused within a second everywhere, with closed sockets, and in no list; what was said stays", async () => {
    const owner = await createWorkspace(stack, "Owner");
    const [goner, member] = [await invite(stack, owner, "Goner", "agent"), await invite(stack, owner, "Member")];
    const [direct, group] = [await directBetween(member, goner), await groupOf(owner, [goner, member])];
    await say(goner, direct.id, "in private");
    await say(goner, group.id, "to all");
    const sockets = await Promise.all([connect(stack, goner), connect(stack, goner)]);
    await update(owner, goner, { deactivated: true });

    const refused = async (path: "/auth/me" | "/v1/chat/users") => (await goner.call(`GET ${path}`)).status === 401;
    await waitFor(() => refused("/auth/me"));
    await waitFor(() => refused("/v1/chat/users"));
    for (const socket of sockets) expect((await socket.closed).code).toBe(4502);
    for (const body of [{ refresh_token: goner.refresh_token }]) {
      expectProblem(await goner.call<object>("POST /auth/refresh", { body }), 401, "invalid_refresh_token");
    }

    expect(namesOf(await usersOf(member))).toEqual(["Owner"]);
    expect(namesOf(await searched(member, "goner"))).toEqual([]);
    expect(await agentNames(member)).toEqual(["Owner"]);

    for (const { id } of [direct, group]) {
      expect((await historyOf(member, id)).filter(({ sender_id }) => sender_id === goner.id)).toHaveLength(1);
      const { body } = await member.call<{ items: { user: User }[] }>(`GET /v1/chat/conversations/${id}/participants`);
      expect(namesOf(body.items.map(({ user }) => user))).toContain("Goner");
    }
    // The conversation that is there is answered as before; a new one cannot be made.
    expect((await directBetween(member, goner)).id).toBe(direct.id);
    const create = { type: "group", participant_ids: [goner.id] };
    expectProblem(await member.call<object>("POST /v1/chat/conversations", { body: create }), 400, "unknown_users");
    const { id: another } = await groupOf(member, [owner]);
    expectProblem(await addTo(member, another, [goner.id]), 400, "unknown_users");
    const { id: never } = await invite(stack, owner, "Never");
    await update(owner, { id: never }, { deactivated: true });
    const first = { type: "direct", participant_ids: [never] };
    expectProblem(await member.call<object>("POST /v1/chat/conversations", { body: first }), 400, "unknown_users");
  });
});

describe("an invite", () => {
  it("leads one person into the workspace, with its role, and nobody else", async () => {
    const owner = await createWorkspace(stack, "Owner");
    const { body } = await owner.call<{ token: string; id: string }>("POST /auth/invites", { body: { role: "agent" } });
    const signUps = await Promise.allSettled([1, 2, 3].map(() => signUp("Racer", { invite_token: body.token })));
    const joined = signUps.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(joined.map(({ user }) => user.role)).toEqual(["agent"]);
    for (const one of signUps)
      if (one.status === "rejected") expect(isVeroError(one.reason, "invalid_invite")).toBe(true);
    expect(await agentNames(owner)).toEqual(["Owner", "Racer"]);
  });

  it("that is revoked, or for another email, leads nobody anywhere", async () => {
    const owner = await createWorkspace(stack, "Owner");
    const make = async (more: object) =>
      (await owner.call<{ token: string; id: string }>("POST /auth/invites", { body: { role: "member", ...more } }))
        .body;
    const [revoked, addressed] = [await make({}), await make({ email: "grace@members.example.com" })];
    await owner.call(`DELETE /auth/invites/${revoked.id}`);
    for (const { token } of [revoked, addressed]) {
      const failure = await signUp("Intruder", { invite_token: token }).catch((error: unknown) => error);
      expect(isVeroError(failure, "invalid_invite")).toBe(true);
    }
    expect(await usersOf(owner)).toEqual([]);
  });
});
