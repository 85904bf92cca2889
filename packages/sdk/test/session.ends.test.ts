import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { memoryTokens, type StoredTokens, type TokenStore } from "../src/index.js";
import { credentials, gate } from "./fixture.js";
import { eachTestAlone, next, service, until, use, vero } from "./realtime.setup.js";
import { ids, problem } from "./service.js";

/** How a session begins and ends while something else of the same client is under way. */
eachTestAlone();

let tokenStore: TokenStore;
const onSignedOut = vi.fn();
const stored = () => tokenStore.get() as StoredTokens | null;
const refreshes = () => service.count("POST /auth/refresh");
const refuse = () => service.on("POST /auth/refresh", () => problem(401, "invalid_refresh_token"));

beforeEach(() => {
  service.on("GET /auth/me", () => ({ body: { id: "me" } }));
  tokenStore = memoryTokens();
  onSignedOut.mockReset();
  use({ tokenStore, onSignedOut });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("logout", () => {
  /** The server ends the session, and the socket says so before the call is answered. */
  const endBeforeAnswer = (answer: { status: number } | { broken: true }) => {
    refuse();
    service.on("POST /auth/logout", async () => {
      const disconnected = next("disconnected");
      service.drop(4504);
      await disconnected;
      await until(() => expect(stored()).toBeNull());
      return answer;
    });
  };

  test.each([{ status: 204 }, { broken: true } as const])(
    "the end of the socket that overtakes its answer does not call onSignedOut: %j",
    async (answer) => {
      await vero.realtime.connect();
      endBeforeAnswer(answer);
      await vero.auth.logout();
      expect(onSignedOut).not.toHaveBeenCalled();
      expect(vero.connection.state).toEqual({ status: "idle" });
      expect(vero.session.userId).toBeUndefined();
    },
  );

  /** Begins a logout that is answered when the gate opens. */
  const slowLogout = async () => {
    const asked = gate();
    const answer = gate();
    service.on("POST /auth/logout", async () => {
      asked.open();
      await answer.opened;
      return { status: 204 };
    });
    const done = vero.auth.logout();
    await asked.opened;
    return { answer, done };
  };

  test("a slow one does not sign out whoever signs in meanwhile", async () => {
    await vero.auth.me();
    const { answer, done } = await slowLogout();
    await vero.auth.login(credentials.grace);
    await vero.realtime.connect();
    answer.open();
    await done;
    expect(vero.session.userId).toBe(ids.other);
    expect(stored()).toMatchObject({ user: { id: ids.other } });
    expect(vero.connection.state.status).toBe("live");
  });

  test("a slow one does not silence the end of the session of whoever signs in meanwhile", async () => {
    await vero.auth.me();
    const { answer, done } = await slowLogout();
    await vero.auth.login(credentials.grace);
    service.valid.clear();
    refuse();
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "invalid_refresh_token" });
    expect(onSignedOut).toHaveBeenCalledTimes(1);
    answer.open();
    await done;
  });

  test("a slow one signs out also after a renewal by a call", async () => {
    await vero.auth.me();
    const { answer, done } = await slowLogout();
    await vero.auth.refresh({ refresh_token: stored()!.refresh_token });
    answer.open();
    await done;
    expect(vero.session.userId).toBeUndefined();
    expect(stored()).toBeNull();
  });

  test("that another tab has noticed before the answer does not call onSignedOut", async () => {
    await vero.auth.me();
    const { answer, done } = await slowLogout();
    await tokenStore.set(null);
    expect(await vero.session.tokens()).toBeNull();
    answer.open();
    await done;
    expect(onSignedOut).not.toHaveBeenCalled();
  });

  test("two at the same time sign out once both are answered, also when one fails", async () => {
    await vero.auth.me();
    const { answer, done } = await slowLogout();
    await expect(vero.auth.logout({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
    answer.open();
    await done;
    expect(vero.session.userId).toBeUndefined();
    expect(stored()).toBeNull();
  });
});

describe("a socket that is closed because the session has ended", () => {
  test("but it was an earlier one of the user: the tokens stay", async () => {
    await vero.realtime.connect();
    const disconnected = next("disconnected");
    service.drop(4504);
    await disconnected;
    await until(() => expect(stored()).toMatchObject({ access_token: "access-3" }));
    await vero.auth.me();
    expect(service.requests.at(-1)?.headers.authorization).toBe("Bearer access-3");
    expect(onSignedOut).not.toHaveBeenCalled();
    expect(vero.connection.state).toMatchObject({ status: "ended", error: { code: "unauthenticated" } });
  });

  test("while the service cannot be asked: the tokens stay, and the next call ends the session", async () => {
    use({ tokenStore, onSignedOut, retry: { retries: 0 } });
    await vero.realtime.connect();
    service.on("POST /auth/refresh", () => problem(503, "unavailable"));
    service.drop(4504);
    await until(() => expect(refreshes()).toBe(1));
    expect(stored()).not.toBeNull();
    refuse();
    service.valid.clear();
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "invalid_refresh_token" });
    expect(onSignedOut).toHaveBeenCalledTimes(1);
  });

  test("after the tokens were renewed by a call: it ends", async () => {
    await vero.realtime.connect();
    await vero.auth.refresh({ refresh_token: stored()!.refresh_token });
    refuse();
    service.drop(4504);
    await until(() => expect(onSignedOut).toHaveBeenCalledTimes(1));
    expect(stored()).toBeNull();
  });
});

describe("onSignedOut", () => {
  test("is called once where another tab signs out while a renewal is refused", async () => {
    let written = () => {};
    const subscribe = (listener: () => void) => {
      written = listener;
      return () => {};
    };
    use({ tokenStore: { ...tokenStore, subscribe }, onSignedOut });
    service.on("POST /auth/refresh", async () => {
      await tokenStore.set(null);
      written();
      await until(() => expect(onSignedOut).toHaveBeenCalled());
      return problem(401, "invalid_refresh_token");
    });
    await expect(vero.session.refresh()).rejects.toMatchObject({ code: "invalid_refresh_token" });
    expect(onSignedOut).toHaveBeenCalledTimes(1);
    expect(onSignedOut.mock.lastCall?.[0]).toMatchObject({ code: "unauthenticated" });
  });

  test("is not called where somebody signs in while the refused tokens are removed", async () => {
    const asked = gate();
    const held = gate();
    const set: TokenStore["set"] = async (tokens) => {
      if (tokens === null) {
        asked.open();
        await held.opened;
      }
      await tokenStore.set(tokens);
    };
    use({ tokenStore: { get: tokenStore.get, set }, onSignedOut });
    await vero.auth.me();
    refuse();
    const refused = expect(vero.session.refresh()).rejects.toMatchObject({ code: "invalid_refresh_token" });
    await asked.opened;
    const signingIn = vero.auth.login(credentials.grace);
    await until(() => expect(vero.session.userId).toBe(ids.other));
    held.open();
    await Promise.all([signingIn, refused]);
    expect(onSignedOut).not.toHaveBeenCalled();
    expect(stored()).toMatchObject({ user: { id: ids.other } });
  });
});

describe("the tokens that a client is given", () => {
  test("and that cannot be stored fail the call, and the next one stores them", async () => {
    let failures = 2;
    const set: TokenStore["set"] = (tokens) => {
      failures -= 1;
      if (failures >= 0) throw new Error("full");
      return tokenStore.set(tokens);
    };
    use({ tokenStore: { get: tokenStore.get, set } });
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "token_store_failed" });
    await expect(vero.session.tokens()).rejects.toMatchObject({ code: "token_store_failed" });
    await vero.auth.me();
    expect(stored()).toMatchObject({ access_token: "access-3" });
  });

  test("are still there after a sign-in that could not be stored", async () => {
    const set: TokenStore["set"] = (tokens) => {
      if (tokens?.user?.id === ids.other) throw new Error("full");
      return tokenStore.set(tokens);
    };
    use({ tokenStore: { get: tokenStore.get, set } });
    await expect(vero.auth.login(credentials.grace)).rejects.toMatchObject({ code: "token_store_failed" });
    await vero.auth.me();
    expect(vero.session.userId).toBe(ids.user);
  });

  test("say who is signed in, once they are read", async () => {
    expect(vero.session.userId).toBeUndefined();
    await vero.session.tokens();
    expect(vero.session.userId).toBe(ids.user);
  });
});

describe("signing in and out while something else is under way", () => {
  test("a sign-in that cannot be stored does not undo a later one", async () => {
    const asked = gate();
    const held = gate();
    const set: TokenStore["set"] = async (tokens) => {
      if (tokens?.user?.id === ids.user) {
        asked.open();
        await held.opened;
        throw new Error("full");
      }
      await tokenStore.set(tokens);
    };
    use({ tokens: undefined, tokenStore: { get: tokenStore.get, set } });
    const first = expect(vero.auth.login(credentials.ada)).rejects.toMatchObject({ code: "token_store_failed" });
    await asked.opened;
    const second = vero.auth.login(credentials.grace);
    await until(() => expect(vero.session.userId).toBe(ids.other));
    held.open();
    await Promise.all([first, second]);
    expect(vero.session.userId).toBe(ids.other);
    await vero.auth.me();
  });

  test("two sign-ins that cannot be stored leave the client signed in as before both", async () => {
    await vero.auth.me();
    const asked = gate();
    const held = gate();
    const set: TokenStore["set"] = async () => {
      asked.open();
      await held.opened;
      throw new Error("full");
    };
    use({ tokens: undefined, tokenStore: { get: tokenStore.get, set } });
    await vero.auth.me();
    service.on("POST /auth/login", () => ({ body: service.issue("third") }));
    const third = expect(vero.auth.login(credentials.ada)).rejects.toMatchObject({ code: "token_store_failed" });
    await asked.opened;
    service.on("POST /auth/login", () => ({ body: service.issue(ids.other) }));
    const grace = expect(vero.auth.login(credentials.grace)).rejects.toMatchObject({ code: "token_store_failed" });
    await until(() => expect(vero.session.userId).toBe(ids.other));
    held.open();
    await Promise.all([third, grace]);
    expect(vero.session.userId).toBe(ids.user);
    await vero.auth.me();
  });

  test("of two sign-ins, of which only the first can be stored, the first one counts", async () => {
    await vero.auth.me();
    const asked = gate();
    const held = gate();
    const set: TokenStore["set"] = async (tokens) => {
      if (tokens?.user?.id !== "third") throw new Error("full");
      asked.open();
      await held.opened;
      await tokenStore.set(tokens);
    };
    use({ tokens: undefined, tokenStore: { get: tokenStore.get, set } });
    service.on("POST /auth/login", () => ({ body: service.issue("third") }));
    const third = vero.auth.login(credentials.ada);
    await asked.opened;
    service.on("POST /auth/login", () => ({ body: service.issue(ids.other) }));
    const grace = expect(vero.auth.login(credentials.grace)).rejects.toMatchObject({ code: "token_store_failed" });
    await until(() => expect(vero.session.userId).toBe(ids.other));
    held.open();
    await Promise.all([third, grace]);
    expect(vero.session.userId).toBe("third");
    await vero.auth.me();
  });

  test("a call whose tokens are read while this client signs out does not sign it in again", async () => {
    await vero.auth.me();
    const asked = gate();
    const held = gate();
    let isSlow = true;
    const get = async () => {
      const tokens = stored();
      if (isSlow) {
        isSlow = false;
        asked.open();
        await held.opened;
      }
      return tokens;
    };
    use({ tokens: undefined, tokenStore: { get, set: tokenStore.set } });
    const calling = expect(vero.auth.me()).rejects.toMatchObject({ code: "unauthenticated" });
    await asked.opened;
    await vero.session.clear();
    held.open();
    await calling;
    expect(vero.session.userId).toBeUndefined();
  });
});

test("a renewal that waits for Retry-After does not keep another tab from renewing", async () => {
  const retry = { minDelayMs: 1, maxDelayMs: 120_000 };
  use({ tokenStore, retry });
  await vero.auth.me();
  const ada = vero;
  const other = use({ tokens: undefined, tokenStore, retry });
  const rotate = service.handlers.get("POST /auth/refresh")!;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const answered = gate();
  service.on("POST /auth/refresh", () => {
    service.on("POST /auth/refresh", rotate);
    answered.open();
    return { ...problem(503, "unavailable"), headers: { "retry-after": "60" } };
  });
  const waiting = ada.session.refresh();
  await answered.opened;
  const renewed = await other.session.refresh();
  await vi.advanceTimersByTimeAsync(61_000);
  expect(await waiting).toEqual(renewed);
  expect(refreshes()).toBe(2);
});
