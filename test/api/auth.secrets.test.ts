import { describe, expect, it } from "vitest";
import { useStack } from "../harness/accounts.js";
import { passphrase } from "../harness/people.js";

const { another, call, signUp, stack } = useStack();
const next = "Kf3vYw9qZt6mXr2bNc8hLd5gPj7sQa4e";

const nodes = {
  old: () => another(),
  /** Writes with the old secret, and reads both. */
  prepared: () => another({ VERO_SECRET_PREVIOUS: next }),
  both: () => another({ VERO_SECRET: next, VERO_SECRET_PREVIOUS: stack().secret }),
  fresh: () => another({ VERO_SECRET: next }),
};

describe("VERO_SECRET is replaced while people are signed in", () => {
  it("each refresh token is good at every step, also when nodes of two steps are asked in turn", async () => {
    const user = await signUp();
    const steps = [await nodes.prepared(), await nodes.both()] as const;
    let { token: access_token, refresh_token } = user;
    for (let round = 0; round < 6; round += 1) {
      const [node, other] = round % 2 === 0 ? steps : ([steps[1], steps[0]] as const);
      const { status, body } = await node("POST /auth/refresh", { body: { refresh_token } });
      expect(status).toBe(200);
      // The reply was lost, and the other node is asked again.
      const again = await other("POST /auth/refresh", { body: { refresh_token } });
      expect(again.status).toBe(200);
      for (const token of [body.access_token, again.body.access_token, access_token]) {
        expect((await other("GET /auth/me", { token })).status).toBe(200);
        expect((await node("GET /v1/chat/conversations", { token })).status).toBe(200);
      }
      ({ access_token } = again.body);
      refresh_token = (round % 3 === 0 ? body : again.body).refresh_token;
    }
    // The last token was made with either secret: after one more refresh the old one is not needed.
    const { body } = await steps[1]("POST /auth/refresh", { body: { refresh_token } });
    const fresh = await nodes.fresh();
    const last = await fresh("POST /auth/refresh", { body: { refresh_token: body.refresh_token } });
    expect(last.status).toBe(200);
    expect((await fresh("GET /auth/me", { token: last.body.access_token })).status).toBe(200);
    expect((await fresh("GET /auth/me", { token: access_token })).status).toBe(200);
    const login = await fresh("POST /auth/login", { body: { email: user.email, password: passphrase } });
    expect(login.status).toBe(200);
    expect((await call("GET /auth/me", { token: login.body.access_token })).status).toBe(200);
  });

  it("without the old one, a node does not start on keys that it encrypted, and says so", async () => {
    const { database } = stack();
    await database.sql`select 1`;
    await expect(another({ VERO_SECRET: "Zx8rTq2nVb6mLk4jHg9fDs3aPo7iUy5w" })).rejects.toThrow("VERO_SECRET_PREVIOUS");
  });
});
