import { limitKeyOf } from "@vero/server";

export interface DoorLimits {
  /** Bounds the sockets without an accepted token that one address has at a time. */
  maxAnonymousPerAddress: number;
  maxAnonymous: number;
}

export const doorLimits: DoorLimits = { maxAnonymousPerAddress: 50, maxAnonymous: 1_000 };

/**
 * Bounds the sockets whose user is not known yet, in all and by the address (IPv6: the network) that they come from.
 */
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
    /**
     * Takes a slot and answers the function that gives it back, once however often it is called; undefined when there
     * is none.
     */
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
