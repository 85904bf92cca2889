import { limitKeyOf } from "@vero/server";

export interface DoorLimits {
  /** Sockets without an accepted token, at once. */
  maxAnonymousPerAddress: number;
  maxAnonymous: number;
}

export const doorLimits: DoorLimits = { maxAnonymousPerAddress: 50, maxAnonymous: 1_000 };

/** Counts the sockets whose user is not known yet, by the address (of IPv6: the network) that they come from. */
export function createDoors({ maxAnonymousPerAddress, maxAnonymous }: DoorLimits, factor: number) {
  const anonymous = new Map<string, number>();
  let total = 0;

  function add(key: string, change: 1 | -1): void {
    const count = (anonymous.get(key) ?? 0) + change;
    total += change;
    if (count === 0) anonymous.delete(key);
    else anonymous.set(key, count);
  }

  return {
    /** Takes a place, and answers what gives it back; undefined when there is none. */
    enter(address: string): (() => void) | undefined {
      const key = limitKeyOf(address);
      if (total >= maxAnonymous * factor || (anonymous.get(key) ?? 0) >= maxAnonymousPerAddress * factor) return;
      add(key, 1);
      let isInside = true;
      return () => {
        if (isInside) add(key, -1);
        isInside = false;
      };
    },
  };
}
