import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorkspace, directBetween, invite, type Person } from "../harness/people.js";
import { connect, realtimeToken, socketUrl, TestSocket } from "../harness/socket.js";
import { type Stack, startStack } from "../harness/stack.js";
import { waitFor } from "../harness/waiting.js";

let stack: Stack;
let owner: Person;
beforeAll(async () => {
  stack = await startStack();
  owner = await createWorkspace(stack, "Owner");
});
afterAll(() => stack.close());

const closingOf = async (socket: TestSocket): Promise<number> => (await socket.closed).code;

describe("the socket of a session that ends", () => {
  it("closes with 4504 after a logout", async () => {
    const person = await invite(stack, owner, "Leaver");
    const socket = await connect(stack, person);
    await person.call("POST /auth/logout");
    expect(await closingOf(socket)).toBe(4504);
  });

  it("closes with 4504 when the password is changed elsewhere, and only that one", async () => {
    const person = await invite(stack, owner, "Changer");
    const there = await connect(stack, person);
    const { body } = await person.call<{ access_token: string }>("POST /auth/login", {
      body: { email: person.email, password: person.password },
    });
    const here = { ...person, token: body.access_token };
    const stays = new TestSocket(socketUrl(stack));
    await stays.until((frame) => frame["t"] === "hello");
    const token = await person.call<{ token: string }>("GET /v1/messaging/token", { token: here.token });
    stays.send({ t: "auth", token: token.body.token });
    await stays.until((frame) => frame["t"] === "ready");
    await person.call("POST /auth/change-password", {
      token: here.token,
      body: { current_password: person.password, new_password: "another passphrase for tests" },
    });
    expect(await closingOf(there)).toBe(4504);
    stays.send({ t: "ping", n: 1 });
    await stays.until((frame) => frame["t"] === "pong");
    await stays.close();
  });

  it("closes with 4502 when the user is deactivated", async () => {
    const person = await invite(stack, owner, "Goner");
    const socket = await connect(stack, person);
    await owner.call(`PATCH /auth/members/${person.id}`, { body: { deactivated: true } });
    expect(await closingOf(socket)).toBe(4502);
  });

  it("does not open again with the token that was fetched before", async () => {
    const person = await invite(stack, owner, "Returner");
    const token = await realtimeToken(person);
    await person.call("POST /auth/logout");
    await waitFor(async () => {
      const socket = new TestSocket(socketUrl(stack));
      await socket.until((frame) => frame["t"] === "hello");
      socket.send({ t: "auth", token });
      return (await socket.closed).code === 4500;
    });
  });
});

describe("user.updated", () => {
  it("reaches those who share a conversation, and the user, with the whole user", async () => {
    const [ada, grace] = [await invite(stack, owner, "Ada"), await invite(stack, owner, "Grace")];
    await directBetween(ada, grace);
    const sockets = await Promise.all([connect(stack, ada), connect(stack, grace)]);
    await ada.call("PATCH /auth/profile", { body: { display_name: "Countess" } });
    for (const socket of sockets) {
      const frame = await socket.event("user.updated");
      expect(frame["data"].user).toMatchObject({ id: ada.id, display_name: "Countess" });
    }
    await owner.call(`PATCH /auth/members/${ada.id}`, { body: { role: "agent" } });
    for (const socket of sockets) {
      await socket.event("user.updated", (frame) => frame["data"].user.role === "agent");
      await socket.close();
    }
  });
});
