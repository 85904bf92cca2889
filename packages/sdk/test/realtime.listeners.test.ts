import { describe, expect, test, vi } from "vitest";
import type { ConnectionState } from "../src/index.js";
import type { ConnectionStatus, StateOf } from "../src/realtime/state.js";
import { created, eachTestAlone, next, service, until, use, vero } from "./realtime.setup.js";
import { ids, problem } from "./service.js";

/** How the connection goes on, as listeners see it, and what they may do from within. */
eachTestAlone();

describe("connection.state of a client", () => {
  const statuses = (): ConnectionState[] => {
    const seen: ConnectionState[] = [];
    vero.connection.subscribe((state) => seen.push(state));
    return seen;
  };

  test("says how a connection comes, goes and comes again", async () => {
    const seen = statuses();
    expect(vero.connection.state).toEqual({ status: "idle" });
    await vero.realtime.connect();
    const connected = next("connected");
    service.drop(1011, "restart");
    await connected;
    vero.realtime.close();
    expect(seen.map(({ status }) => status)).toEqual([
      ...["connecting", "authenticating", "live"],
      ...["backing_off", "connecting", "authenticating", "live", "idle"],
    ]);
    expect(seen[2]).toEqual({ status: "live", connection_id: "c-1", user_id: ids.user, checking: false });
    expect(seen[3]).toMatchObject({ attempt: 1, error: { code: "network_error" } });
    expect((seen[3] as StateOf<"backing_off">).error.detail).toContain("1011 restart");
    expect(seen[4]).toEqual({ status: "connecting", attempt: 1 });
  });

  test("says why there is no connection yet, and when it is tried again", async () => {
    use({ retry: { retries: 0 }, realtime: { minDelayMs: 60_000, maxDelayMs: 60_000 } });
    service.on("GET /v1/messaging/token", () => ({ text: "<html>Sign in to the Wi-Fi</html>" }));
    const connecting = vero.realtime.connect();
    await until(() => expect(vero.connection.state.status).toBe("backing_off"));
    expect(vero.connection.state).toMatchObject({ attempt: 1, error: { code: "unexpected_response" } });
    expect((vero.connection.state as StateOf<"backing_off">).retry_at).toBeGreaterThan(Date.now() - 60_000);
    vero.realtime.close();
    await expect(connecting).rejects.toMatchObject({ code: "aborted" });
    expect(vero.connection.state).toEqual({ status: "idle" });
  });

  test("has ended with the reason where the session has, also without a connection; connect() begins anew", async () => {
    service.valid.clear();
    service.on("POST /auth/refresh", () => problem(401, "token_reused"));
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "token_reused" });
    expect(vero.connection.state).toMatchObject({ status: "ended", error: { code: "token_reused" } });
    await vero.auth.login({ email: "ada@example.com", password: "p" });
    expect(vero.connection.state).toEqual({ status: "idle" });
    await vero.realtime.connect();
    expect(vero.connection.state.status).toBe("live");
  });

  test("a listener that closes and connects again is obeyed, and one connection remains", async () => {
    await vero.realtime.connect();
    const stop = vero.realtime.on("reconnecting", () => {
      stop();
      vero.realtime.close();
      void vero.realtime.connect();
    });
    service.drop(1011);
    await next("connected");
    expect(service.connections).toBe(2);
    expect(vero.connection.state).toMatchObject({ status: "live", connection_id: "c-2" });
  });

  /** The names and `will_reconnect` of the events of the connection itself, in order. */
  const ownEvents = (): string[] => {
    const seen: string[] = [];
    for (const type of ["connected", "reconnecting", "resync"] as const) {
      vero.realtime.on(type, () => seen.push(type));
    }
    vero.realtime.on("disconnected", ({ will_reconnect }) => seen.push(`disconnected, ${will_reconnect}`));
    return seen;
  };

  const onStatus = (status: ConnectionStatus, act: () => void) => {
    const stop = vero.connection.subscribe((state) => {
      if (state.status !== status) return;
      stop();
      act();
    });
  };

  test("a state listener that closes on backing_off: one disconnected, which says that it stays so", async () => {
    await vero.realtime.connect();
    const seen = ownEvents();
    const closed = new Promise<void>((resolve) => {
      onStatus("backing_off", () => {
        vero.realtime.close();
        resolve();
      });
    });
    service.drop(1011);
    await closed;
    expect(vero.connection.state).toEqual({ status: "idle" });
    await use({}).realtime.connect();
    expect(seen).toEqual(["disconnected, false"]);
  });

  test.each(["connecting", "authenticating", "live"] as const)(
    "a state listener that closes on %s is obeyed",
    async (status) => {
      const seen = ownEvents();
      onStatus(status, () => vero.realtime.close());
      await expect(vero.realtime.connect()).rejects.toMatchObject({ code: "aborted" });
      expect(seen).toEqual(["disconnected, false"]);
      expect(vero.connection.state).toEqual({ status: "idle" });
      await vero.realtime.connect();
      expect(seen.slice(1)).toContain("connected");
    },
  );

  test("a listener of connected or of an event that closes gets no other event", async () => {
    await vero.realtime.connect();
    service.drop(1011);
    const seen = ownEvents();
    const stop = vero.realtime.on("connected", () => {
      stop();
      vero.realtime.close();
    });
    await until(() => expect(seen.at(-1)).toBe("disconnected, false"));
    await vero.realtime.connect();
    expect(seen.slice(0, 4)).toEqual(["disconnected, true", "reconnecting", "connected", "disconnected, false"]);
    const all = vi.fn();
    vero.realtime.on("*", all);
    const received = new Promise<void>((resolve) => {
      vero.realtime.on("message.created", () => {
        vero.realtime.close();
        resolve();
      });
    });
    service.broadcast(created(1, 1));
    await received;
    expect(all).not.toHaveBeenCalled();
  });

  test.each([
    ["idle", () => vero.realtime.close()],
    ["ended", () => service.drop(4599)],
  ] as const)(
    "a state listener that connects on %s gets a run of its own, after the end of the one before",
    async (status, end) => {
      await vero.realtime.connect();
      const seen = ownEvents();
      service.on("req messages.send", () => ({ body: { id: ids.message } }));
      const asked = new Promise((resolve) => {
        onStatus(status, () => {
          void vero.realtime.connect();
          resolve(vero.realtime.request("messages.send", { conversation_id: ids.conversation, text: "Hello" }));
        });
      });
      end();
      expect(await asked).toEqual({ id: ids.message });
      expect(seen).toEqual(["disconnected, false", "connected", "resync"]);
      expect(vero.connection.state.status).toBe("live");
    },
  );

  test("a listener of disconnected that connects is obeyed, and the state does not go back", async () => {
    await vero.realtime.connect();
    const seen = statuses();
    const stop = vero.realtime.on("disconnected", () => {
      stop();
      void vero.realtime.connect();
    });
    vero.realtime.close();
    await next("connected");
    expect(seen.map(({ status }) => status)).toEqual(["connecting", "authenticating", "live"]);
  });
});
