import { describe, expect, it } from "vitest";
import { clientAddressOf } from "../../src/http/client-address.js";

const addressOf = (trustedProxies: number, headers: Record<string, string>, remoteAddress = "192.0.2.1"): string =>
  clientAddressOf({ socket: { remoteAddress }, headers } as never, trustedProxies);
const list = (text: string) => ({ "x-forwarded-for": text });

describe("the address of a client", () => {
  it("is that of the connection where no proxy is trusted", () => {
    expect(addressOf(0, list("203.0.113.9"))).toBe("192.0.2.1");
    expect(addressOf(0, { forwarded: "for=203.0.113.9" }, "::ffff:192.0.2.7")).toBe("192.0.2.7");
  });

  it.each([
    [1, "203.0.113.9:40001", "203.0.113.9"],
    [1, "203.0.113.9:40002", "203.0.113.9"],
    [1, "6.6.6.6, [2001:db8::1]:443", "2001:db8::1"],
    [2, "6.6.6.6, 203.0.113.9:1, 198.51.100.1:2", "203.0.113.9"],
    [3, "203.0.113.9", "203.0.113.9"],
    [1, "203.0.113.9, ", "203.0.113.9"],
  ])("behind %i proxies that note %s is %s", (proxies, text, address) => {
    expect(addressOf(proxies, list(text))).toBe(address);
  });

  it.each(["unknown", "_hidden", "", "a name of the attacker's own choice"])(
    "noted as %j is that of whoever noted it",
    (text) => {
      expect(addressOf(1, list(text))).toBe("192.0.2.1");
      expect(addressOf(2, list(`${text}, 198.51.100.1:2`))).toBe("198.51.100.1");
      expect(addressOf(3, list(`6.6.6.6, ${text || "unknown"}, 198.51.100.1`))).toBe("198.51.100.1");
    },
  );

  it("comes from Forwarded (RFC 7239) where there is no X-Forwarded-For", () => {
    const forwarded = 'for=6.6.6.6, for="[2001:db8:cafe::17]:4711";proto=https';
    expect(addressOf(1, { forwarded })).toBe("2001:db8:cafe::17");
    expect(addressOf(1, { forwarded, ...list("203.0.113.9") })).toBe("203.0.113.9");
    for (const nothing of ["for=_hidden", "for=unknown", "proto=https", "for=;;;=", "for"]) {
      expect(addressOf(1, { forwarded: nothing })).toBe("192.0.2.1");
    }
  });
});
