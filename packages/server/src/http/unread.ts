import type { Socket } from "node:net";

/** What the answers that clients have not read may hold in one process, in bytes. */
const maxUnreadBytes = 32 * 1024 * 1024;
/** The same for an answer that does not say how long it is: what a compressor holds, or a stream and a connection behind it. */
const unknownBytes = 512 * 1024;

interface Held {
  socket: Socket;
  bytes: number;
  sinceMs: number;
}

/** Bounds what the answers of all connections hold together, from when they are ready until they have left. */
export function createUnread(maxBytes = maxUnreadBytes) {
  const held = new Set<Held>();
  let total = 0;

  function release(one: Held): void {
    if (held.delete(one)) total -= one.bytes;
  }

  /**
   * Ends the connections that cost the most, each by the bytes of its answer and the time it has held them: so those go
   * on that read, and what was just answered.
   */
  function endWorst(nowMs: number): void {
    const cost = ({ bytes, sinceMs }: Held): number => bytes * (nowMs - sinceMs);
    for (const one of [...held].sort((a, b) => cost(b) - cost(a))) {
      if (total <= maxBytes) return;
      release(one);
      one.socket.destroy();
    }
  }

  return {
    /** Counts an answer that is about to be sent; what it returns ends that. */
    hold(socket: Socket, bytes = unknownBytes): () => void {
      const one = { socket, bytes, sinceMs: performance.now() };
      held.add(one);
      total += bytes;
      if (total > maxBytes) endWorst(one.sinceMs);
      return () => release(one);
    },
  };
}
