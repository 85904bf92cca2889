import { closeCodes } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { createWorkspace, groupOf, invite, say } from "../harness/people.js";
import { connect } from "../harness/socket.js";
import { waitFor } from "../harness/waiting.js";
import { useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();

describe("who receives events", () => {
  it("nothing of conversations and workspaces of others, while these are busy", async () => {
    const { ada, grace, stack } = workspace;
    const [loner, foreigner] = [await invite(stack, ada, "Loner"), await createWorkspace(stack, "Foreigner")];
    await withSockets(stack, [loner, foreigner], async (...sockets) => {
      const group = await groupOf(ada, [grace]);
      for (const text of ["1", "2", "3"]) await say(ada, group.id, text);
      await ada.call("PATCH /auth/profile", { body: { display_name: "Ada L." } });
      for (const [index, person] of [loner, foreigner].entries()) {
        const own = await groupOf(person, []);
        const message = await say(person, own.id, "mine");
        const socket = sockets[index];
        await socket?.event("message.created");
        expect(socket?.events().map((frame) => [frame["s"], frame["type"]])).toEqual([
          [1, "conversation.created"],
          [2, "message.created"],
        ]);
        expect(socket?.events("message.created")[0]?.["data"]).toEqual({ message });
      }
    });
  });

  it("user.updated: those who share a conversation, and the user, but nobody else", async () => {
    const { ada, stack } = workspace;
    const [linus, friend, loner] = await Promise.all(
      ["Linus", "Friend", "Loner"].map((name) => invite(stack, ada, name)),
    );
    if (!linus || !friend || !loner) return expect.unreachable();
    const [ours, theirs] = [await groupOf(linus, [friend]), await groupOf(loner, [])];
    await withSockets(stack, [linus, friend, loner], async (...sockets) => {
      await linus.call("PATCH /auth/profile", { body: { display_name: "Linus T." } });
      for (const socket of sockets.slice(0, 2)) {
        const frame = await socket.event("user.updated");
        expect(frame["data"].user).toMatchObject({ id: linus.id, display_name: "Linus T." });
        expect(frame["data"].user).not.toHaveProperty("email");
      }
      await say(loner, theirs.id, "still alone");
      await sockets[2]?.event("message.created");
      expect(sockets[2]?.events("user.updated")).toEqual([]);
      await say(linus, ours.id, "once");
      await sockets[1]?.event("message.created");
      expect(sockets[1]?.events("user.updated")).toHaveLength(1);
    });
  });
});

describe("the end of a session", () => {
  it("logout closes its sockets and no others: session_revoked, and REST refuses within a second", async () => {
    const { ada, stack } = workspace;
    const linus = await invite(stack, ada, "Linus");
    const { body } = await linus.call<{ access_token: string }>("POST /auth/login", {
      body: { email: linus.email, password: linus.password },
    });
    const second = { ...linus, token: body.access_token };
    second.call = (operation, options = {}) => linus.call(operation, { token: second.token, ...options });
    const [one, two, other] = await Promise.all([connect(stack, linus), connect(stack, linus), connect(stack, second)]);
    expect((await linus.call("POST /auth/logout", { body: {} })).status).toBe(204);
    const refusal = async () => (await linus.call("GET /v1/chat/conversations")).status === 401;
    await waitFor(refusal);
    expectProblem(await linus.call("GET /v1/chat/conversations"), 401, "unauthenticated");
    for (const socket of [one, two]) expect((await socket.closed).code).toBe(closeCodes.session_revoked);
    expect((await other.request("conversations.list"))["ok"]).toBe(true);
    await other.close();
  });

  it("is found without an event: a session that only the database knows to have ended", async () => {
    const { ada, stack } = workspace;
    const linus = await invite(stack, ada, "Linus");
    const socket = await connect(stack, linus);
    await stack.database.sql`update sessions set revoked_at = now() where user_id = ${linus.id}`;
    expect((await socket.closed).code).toBe(closeCodes.session_revoked);
  });

  it("deactivation closes them: user_deactivated, and nothing more is delivered", async () => {
    const { ada, grace, stack } = workspace;
    const linus = await invite(stack, ada, "Linus");
    const group = await groupOf(ada, [grace, linus]);
    const socket = await connect(stack, linus);
    await ada.call(`PATCH /auth/members/${linus.id}`, { body: { deactivated: true } });
    expect((await socket.closed).code).toBe(closeCodes.user_deactivated);
    await say(ada, group.id, "without Linus");
    expect(socket.events("message.created")).toEqual([]);
    const refusal = async () => (await linus.call("GET /v1/chat/conversations")).status === 401;
    await waitFor(refusal);
  });
});
