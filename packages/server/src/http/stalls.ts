import type { Socket } from "node:net";

/**
 * Describes how far a connection has got with its output: two equal values mean that no byte has moved. The handle's
 * queue shows what the kernel has not yet taken of the last write.
 */
function positionOf(socket: Socket): string {
  const { _handle: handle } = socket as Socket & { _handle?: { writeQueueSize?: number } | null };
  return `${socket.bytesWritten} ${socket.writableLength} ${handle?.writeQueueSize ?? 0}`;
}

interface Watched {
  position: string;
  sinceMs: number;
}

/**
 * Ends connections on which nothing of an answer has moved for `stallMs`. Node's own timeout may take twice as long: it
 * counts as progress what the kernel took at once when the answer was written.
 */
export function createStalls({ stallMs, checkMs }: { stallMs: number; checkMs: number }) {
  const watched = new Map<Socket, Watched>();
  let timer: NodeJS.Timeout | undefined;

  function check(): void {
    const nowMs = performance.now();
    for (const [socket, one] of watched) {
      const position = positionOf(socket);
      // With nothing queued, the next write is up to this process, not to the client.
      if (position !== one.position || socket.writableLength === 0) Object.assign(one, { position, sinceMs: nowMs });
      else if (nowMs - one.sinceMs >= stallMs) socket.destroy();
    }
  }

  return {
    /** Watches a connection while it is being answered, and returns the function that stops watching. */
    watch(socket: Socket): () => void {
      watched.set(socket, { position: "", sinceMs: performance.now() });
      timer ??= setInterval(check, checkMs).unref();
      return () => {
        watched.delete(socket);
        if (watched.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}
