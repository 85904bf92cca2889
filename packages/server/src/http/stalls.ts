import type { Socket } from "node:net";

/** Where a connection is with what it was given to send; the handle knows what the kernel has taken of the last write. */
function positionOf(socket: Socket): string {
  const { _handle: handle } = socket as Socket & { _handle?: { writeQueueSize?: number } | null };
  return `${socket.bytesWritten} ${socket.writableLength} ${handle?.writeQueueSize ?? 0}`;
}

interface Watched {
  position: string;
  sinceMs: number;
}

/**
 * Ends connections on which nothing of an answer has moved for a while. Node's own timer ends them after up to twice its
 * time: it takes for progress what the kernel took at once when the answer was written.
 */
export function createStalls({ stallMs, checkMs }: { stallMs: number; checkMs: number }) {
  const watched = new Map<Socket, Watched>();
  let timer: NodeJS.Timeout | undefined;

  function check(): void {
    const nowMs = performance.now();
    for (const [socket, one] of watched) {
      const position = positionOf(socket);
      // Nothing waits: it is ours to go on.
      if (position !== one.position || socket.writableLength === 0) Object.assign(one, { position, sinceMs: nowMs });
      else if (nowMs - one.sinceMs >= stallMs) socket.destroy();
    }
  }

  return {
    /** Watches a connection that is being answered; what it returns ends that. */
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
