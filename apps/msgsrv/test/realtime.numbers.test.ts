import { describe, expect, it } from "vitest";
import { deliveredUpTo, noteDelivered, settleDelivered } from "../src/realtime/realtime.numbers.js";

describe("numbers that were delivered", () => {
  it("are noted once each, in whatever order they come", () => {
    const delivered = deliveredUpTo(3);
    expect([3, 5, 5, 4, 4, 5, 6].map((number) => noteDelivered(delivered, number))).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
      true,
    ]);
    expect(delivered).toEqual({ upTo: 6, ahead: new Set() });
  });

  it("end before one that is missing, until it is found to be no longer", () => {
    const delivered = deliveredUpTo(0);
    for (const number of [2, 3, 6]) noteDelivered(delivered, number);
    expect(delivered.upTo).toBe(0);
    settleDelivered(delivered, 1);
    expect(delivered).toEqual({ upTo: 3, ahead: new Set([6]) });
    settleDelivered(delivered, 9);
    expect(delivered).toEqual({ upTo: 9, ahead: new Set() });
  });
});
