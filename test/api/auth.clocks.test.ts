import { afterEach, describe, expect, it, vi } from "vitest";
import { useStack } from "../harness/accounts.js";
import { passphrase } from "../harness/people.js";

const { call, another, signUp } = useStack();
const dayMs = 86_400_000;

/** Only what the processes believe the time to be: the database keeps its clock, and timers run. */
function setClocksTo(time: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: time });
}
afterEach(() => void vi.useRealTimers());

const inDays = (days: number): number => Date.now() + days * dayMs;

describe("clocks", () => {
  it.each([-400, -15, -1, 15, 61])(
    "login, refresh and the token for the socket answer on a node whose clock is %i days off",
    async (days) => {
      const { email, refresh_token } = await signUp();
      setClocksTo(inDays(days));
      const node = await another();
      const refreshed = await node("POST /auth/refresh", { body: { refresh_token } });
      expect(refreshed.status).toBe(200);
      const login = await node("POST /auth/login", { body: { email, password: passphrase } });
      expect(login.status).toBe(200);
      expect((await node("GET /v1/messaging/token", { token: login.body.access_token })).status).toBe(200);
      expect((await node("GET /v1/chat/conversations", { token: refreshed.body.access_token })).status).toBe(200);
    },
  );

  it("tokens and sessions of a node whose clock is off are good on the others", async () => {
    const { email, token } = await signUp();
    setClocksTo(inDays(-15));
    const node = await another();
    expect((await node("GET /auth/me", { token })).status).toBe(200);
    const { body } = await node("POST /auth/login", { body: { email, password: passphrase } });
    vi.useRealTimers();
    expect((await call("GET /auth/me", { token: body.access_token })).status).toBe(200);
    expect((await call("POST /auth/refresh", { body: { refresh_token: body.refresh_token } })).status).toBe(200);
  });

  it("a clock that is set back while the process runs changes nothing", async () => {
    const user = await signUp();
    setClocksTo(inDays(-1));
    const { status, body } = await call("POST /auth/refresh", { body: { refresh_token: user.refresh_token } });
    expect(status).toBe(200);
    expect((await call("GET /auth/me", { token: body.access_token })).status).toBe(200);
  });

  it("an invite lasts as long as it says by the clock of the database", async () => {
    const { token } = await signUp();
    setClocksTo(inDays(-30));
    const { body: invite } = await call("POST /auth/invites", { token, body: { role: "member", expires_in_hours: 1 } });
    vi.useRealTimers();
    expect(Date.parse(invite.expires_at) - Date.now()).toBeGreaterThan(3_500_000);
    await signUp({ invite_token: invite.token });
  });
});
