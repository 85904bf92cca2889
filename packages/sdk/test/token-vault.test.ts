import { afterEach, describe, expect, test, vi } from "vitest";
import { memoryTokens, type StoredTokens, type TokenStore } from "../src/index.js";
import { TokenVault } from "../src/token-vault.js";
import { gate, webLocks } from "./fixture.js";

const tokens = (name: string): StoredTokens => ({
  access_token: name,
  refresh_token: name,
  expires_in: 600,
  expires_at: 0,
});

const vaultOf = (store: TokenStore, timeoutMs = 10_000) => new TokenVault(store, { timeoutMs, lockName: "vero" });
const always = () => true;

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A store whose first write ends when it is let go. */
function slowStore() {
  const memory = memoryTokens();
  const written: (string | undefined)[] = [];
  const first = gate();
  let writes = 0;
  const set = async (next: StoredTokens | null) => {
    writes += 1;
    if (writes === 1) await first.opened;
    written.push(next?.access_token);
    await memory.set(next);
  };
  return { store: { get: memory.get, set } satisfies TokenStore, written, finish: first.open };
}

describe("a write that takes longer than the time-out", () => {
  test.each(["another client with the store", "another tab"])("does not overwrite a later one of %s", async (other) => {
    vi.useFakeTimers();
    const isTab = other === "another tab";
    if (isTab) {
      webLocks();
      vi.stubGlobal("document", {});
    }
    const { store, written, finish } = slowStore();
    const ada = vaultOf(store).replace(tokens("ada"), always);
    const failed = expect(ada).rejects.toMatchObject({ code: "token_store_failed" });
    await vi.advanceTimersByTimeAsync(10_000);
    await failed;
    const grace = vaultOf(isTab ? { ...store } : store).replace(tokens("grace"), always);
    await vi.advanceTimersByTimeAsync(1000);
    finish();
    expect(await grace).toMatchObject({ access_token: "grace" });
    expect(written).toEqual(["ada", "grace"]);
    expect(store.get()).toMatchObject({ access_token: "grace" });
  });

  test("and does not end fails the later ones in time, and they are not written afterwards", async () => {
    vi.useFakeTimers();
    const { store, written, finish } = slowStore();
    const vault = vaultOf(store);
    const outcomes = Promise.allSettled([vault.replace(tokens("ada"), always), vault.replace(tokens("grace"), always)]);
    await vi.advanceTimersByTimeAsync(10_000);
    const failure = { status: "rejected", reason: { code: "token_store_failed" } };
    expect(await outcomes).toMatchObject([failure, failure]);
    finish();
    await vault.replace(tokens("ada again"), always);
    expect(written).toEqual(["ada", "ada again"]);
  });
});

describe("the lock of a renewal", () => {
  test("is waited for no longer than the time-out, and the renewal is not begun afterwards", async () => {
    vi.useFakeTimers();
    const vault = vaultOf(memoryTokens());
    const first = gate();
    const held = vault.renewing(() => first.opened);
    const late = vi.fn(async () => {});
    const waiting = expect(vault.renewing(late)).rejects.toMatchObject({ code: "timeout" });
    await vi.advanceTimersByTimeAsync(10_000);
    await waiting;
    first.open();
    await held;
    await vault.renewing(async () => {});
    expect(late).not.toHaveBeenCalled();
  });

  test("is that of the store where there is no page or worker: locks of a process are those of all its users", async () => {
    const request = webLocks();
    const first = gate();
    const held = vaultOf(memoryTokens()).renewing(() => first.opened);
    expect(await vaultOf(memoryTokens()).renewing(async () => "renewed")).toBe("renewed");
    expect(request).not.toHaveBeenCalled();
    first.open();
    await held;
  });

  test.each(["document", "WorkerGlobalScope"])("is that of the origin where there is a %s", async (name) => {
    const request = webLocks();
    vi.stubGlobal(name, class {});
    expect(await vaultOf(memoryTokens()).renewing(async () => "renewed")).toBe("renewed");
    expect(request).toHaveBeenCalledWith("vero", expect.any(Function));
  });
});
