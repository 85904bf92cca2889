import { describe, expect, it } from "vitest";
import { limitKeyOf } from "../src/index.js";

describe("the address that a limit counts", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2::1", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002:ffff:0:0:1", "2001:db8:1:2::/64"],
    ["2001:db8:1:3::1", "2001:db8:1:3::/64"],
    ["unknown", "unknown"],
  ])("of %s is %s", (ip, key) => expect(limitKeyOf(ip)).toBe(key));
});
