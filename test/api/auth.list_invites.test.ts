import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, useStack } from "../harness/accounts.js";
import { createInvite } from "../harness/people.js";

const { call, signUp, invite } = useStack();
const list = (token: string, query = "") => call(`GET /auth/invites${query}`, { token });

describe("200", () => {
  it("answers the open ones of the workspace, newest first, without their tokens", async () => {
    const owner = await signUp();
    const other = await signUp();
    await createInvite(other);
    const created = [];
    for (const role of ["member", "agent", "admin"]) {
      created.unshift((await call("POST /auth/invites", { token: owner.token, body: { role } })).body);
    }
    await invite(owner);
    await call(`DELETE /auth/invites/${created[1].id}`, { token: owner.token });
    const { status, body } = await list(owner.token);
    expect(status).toBe(200);
    expect(body.next_cursor).toBeNull();
    expect(body.items).toEqual(
      [created[0], created[2]].map(({ token: _, ...shown }) => ({
        ...shown,
        created_by: owner.id,
        created_at: expect.any(String),
      })),
    );
  });

  it("in pages, which miss none and repeat none while new ones come in", async () => {
    const owner = await signUp();
    const { token } = owner;
    for (let count = 0; count < 5; count += 1) await createInvite(owner);
    const seen: string[] = [];
    let query = "?limit=2";
    for (let pages = 1; pages <= 3; pages += 1) {
      const { body } = await list(token, query);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      query = `?limit=2&cursor=${body.next_cursor}`;
      expect(body.next_cursor === null).toBe(pages === 3);
      await createInvite(owner);
    }
    expect(new Set(seen).size).toBe(5);
  });

  it("for admins", async () => {
    const owner = await signUp();
    const { token } = await invite(owner, "admin");
    expect((await list(token)).status).toBe(200);
  });
});

describe("400", () => {
  it.each([
    ["?limit=0", "limit"],
    ["?limit=101", "limit"],
    ["?limit=1e1", "limit"],
    ["?cursor=", "cursor"],
    ["?cursor=x", "cursor"],
    [`?cursor=${Buffer.from('"x"').toString("base64url")}`, "cursor"],
    ["?page=2", "page"],
  ])("validation_failed for %s", async (query, path) => {
    const { token } = await signUp();
    const answer = await list(token, query);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual([path]);
  });
});

describe("401", () => {
  it("unauthenticated", async () => {
    expectProblem(await call("GET /auth/invites"), 401, "unauthenticated");
  });
});

describe("403", () => {
  it("forbidden for agents and members", async () => {
    const owner = await signUp();
    for (const role of ["agent", "member"]) {
      const { token } = await invite(owner, role);
      expectProblem(await list(token), 403, "forbidden");
    }
  });
});
