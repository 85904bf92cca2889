import { describe, expect, it } from "vitest";
import { createLimits, limitKeyOf } from "../src/index.js";
import { widerNetworksOf } from "../src/limits/networks.js";

const wider = [
  { prefix: 56, factor: 4 },
  { prefix: 48, factor: 16 },
];
const networksOf = (key: string) => widerNetworksOf(key, wider).map(({ network }) => network);

describe("the networks around an address", () => {
  it.each([
    ["2001:db8:1:2ff::1", ["2001:db8:1:200::/56", "2001:db8:1::/48"]],
    ["2001:db8:1:300::1", ["2001:db8:1:300::/56", "2001:db8:1::/48"]],
    ["::1", ["::/56", "::/48"]],
    ["203.0.113.7", []],
    ["::ffff:203.0.113.7", []],
    ["unknown", []],
  ])("of %s are %j", (ip, networks) => expect(networksOf(limitKeyOf(ip))).toEqual(networks));

  it("keep the account that is counted with them", () => {
    const key = `ada@example.com ${limitKeyOf("2001:db8:1:2ff::1")}`;
    expect(networksOf(key)).toEqual(["ada@example.com 2001:db8:1:200::/56", "ada@example.com 2001:db8:1::/48"]);
  });
});

describe("a limit by address", () => {
  it("lets a wider network take what it is given back", async () => {
    const limits = createLimits();
    for (let n = 0; n < 100; n += 1) {
      const key = limitKeyOf(`2001:db8:1:${n.toString(16)}::1`);
      await limits.consume("signup", key);
      await limits.refund("signup", key);
    }
  });

  it("by user knows no networks", async () => {
    const limits = createLimits();
    for (let n = 0; n < 100; n += 1) await limits.consume("create", `2001:db8:1:${n.toString(16)}::/64`);
  });
});
