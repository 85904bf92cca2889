import type { Socket } from "node:net";

/** The bound of the answers that clients have not read yet, in one process, in bytes. */
const maxUnreadBytes = 32 * 1024 * 1024;
/** The same for an answer that does not say how long it is: what a stream holds, and a connection behind it. */
const unknownBytes = 512 * 1024;
/** The same for an answer whose bytes are there anyway: what the connection itself holds. */
const connectionBytes = 32 * 1024;

interface Held {
  socket: Socket;
  /** The client that the answer is for. */
  client: string;
  bytes: number;
  sinceMs: number;
}

interface Answer extends Pick<Held, "socket" | "client"> {
  /** Undefined where it is a stream that does not say so. */
  bytes: number | undefined;
  /** Whether other answers consist of the same bytes in memory. */
  isShared: boolean;
}

/** Bounds what the answers of all connections hold together, from when they are ready until they have left. */
export function createUnread(maxBytes = maxUnreadBytes) {
  const held = new Set<Held>();
  let total = 0;

  function release(one: Held): void {
    if (held.delete(one)) total -= one.bytes;
  }

  /**
   * Finds the answer that costs the most: of the client whose answers hold the most together, by its bytes and the time
   * it has held them. So one client with many answers takes nothing from others, and of its own those go on that it
   * reads, and what was just answered.
   */
  function findWorst(nowMs: number): Held | undefined {
    const sums = new Map<string, number>();
    for (const { client, bytes } of held) sums.set(client, (sums.get(client) ?? 0) + bytes);
    const cost = ({ bytes, sinceMs }: Held): number => bytes * (nowMs - sinceMs);
    const sumOf = ({ client }: Held): number => sums.get(client) ?? 0;
    let worst: Held | undefined;
    for (const one of held) {
      const more = worst === undefined ? 1 : sumOf(one) - sumOf(worst) || cost(one) - cost(worst);
      if (more > 0) worst = one;
    }
    return worst;
  }

  return {
    /** Counts an answer that is about to be sent; what it returns ends that. */
    hold({ socket, client, bytes = unknownBytes, isShared }: Answer): () => void {
      const counted = isShared ? Math.min(bytes, connectionBytes) : bytes;
      const one = { socket, client, bytes: counted, sinceMs: performance.now() };
      held.add(one);
      total += one.bytes;
      while (total > maxBytes) {
        const worst = findWorst(one.sinceMs);
        if (worst === undefined) break;
        release(worst);
        worst.socket.destroy();
      }
      return () => release(one);
    },
  };
}
