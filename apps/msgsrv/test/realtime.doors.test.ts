import { describe, expect, it } from "vitest";
import { createDoors } from "../src/realtime/realtime.doors.js";

const take = (doors: ReturnType<typeof createDoors>, address: string, times: number) =>
  Array.from({ length: times }, () => doors.enter(address));

describe("sockets without a token", () => {
  it("are bounded for an address, and for a network of IPv6", () => {
    const doors = createDoors({ maxAnonymousPerAddress: 3, maxAnonymous: 100 }, 1);
    expect(take(doors, "203.0.113.9", 4).map((giveBack) => giveBack !== undefined)).toEqual([true, true, true, false]);
    expect(doors.enter("203.0.113.10")).toBeDefined();
    const ofNetwork = ["2001:db8::1", "2001:db8::2:1", "2001:db8:0:0:9::", "2001:db8::4"].map((ip) => doors.enter(ip));
    expect(ofNetwork.map((giveBack) => giveBack !== undefined)).toEqual([true, true, true, false]);
    expect(doors.enter("2001:db8:0:1::1")).toBeDefined();
  });

  it("give a slot back once, however often they are asked", () => {
    const doors = createDoors({ maxAnonymousPerAddress: 2, maxAnonymous: 100 }, 1);
    const [first] = take(doors, "203.0.113.9", 2);
    first?.();
    first?.();
    expect(take(doors, "203.0.113.9", 2).map((giveBack) => giveBack !== undefined)).toEqual([true, false]);
  });

  it("are bounded for all addresses together", () => {
    const doors = createDoors({ maxAnonymousPerAddress: 2, maxAnonymous: 3 }, 1);
    expect(take(doors, "203.0.113.9", 2)).not.toContain(undefined);
    expect(take(doors, "203.0.113.10", 2).map((giveBack) => giveBack !== undefined)).toEqual([true, false]);
  });

  it("are not bounded where limits are off", () => {
    const doors = createDoors({ maxAnonymousPerAddress: 1, maxAnonymous: 1 }, Number.POSITIVE_INFINITY);
    expect(take(doors, "203.0.113.9", 50)).not.toContain(undefined);
  });
});
