import { describe, expect, it } from "vitest";
import { limitKeyOf, readAddress } from "../src/index.js";

describe("an address as proxies write it", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["203.0.113.9:40001", "203.0.113.9"],
    [" 203.0.113.9 ", "203.0.113.9"],
    ['"203.0.113.9:40001"', "203.0.113.9"],
    ["[203.0.113.9]:80", "203.0.113.9"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["2001:DB8:0:0::1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["[fe80::1%25eth0]:443", "fe80::1"],
    ["::ffff:1.2.3.4", "1.2.3.4"],
    ["[::ffff:1.2.3.4]:5", "1.2.3.4"],
  ])("%s is %s", (text, address) => expect(readAddress(text)).toBe(address));

  it.each([
    "",
    "unknown",
    "_hidden",
    "_hidden:80",
    "localhost",
    "1",
    "0x7f.1",
    "127.1",
    "256.1.1.1",
    "203.0.113.9:",
    "[]",
  ])("%j is none", (text) => expect(readAddress(text)).toBeUndefined());
});

describe("the address that a limit counts", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["203.0.113.7:40001", "203.0.113.7"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["2001:db8:1:2::1", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002:ffff:0:0:1", "2001:db8:1:2::/64"],
    ["2001:db8:1:3::1", "2001:db8:1:3::/64"],
    ["unknown", "unknown"],
  ])("of %s is %s", (ip, key) => expect(limitKeyOf(ip)).toBe(key));
});
