/** A socket on which bytes wait. */
export interface QueuedSocket {
  queuedBytes(): number;
  /** Closes the socket, whose client reads too slowly. */
  giveUp(): void;
}

/**
 * Bounds the bytes that wait on all sockets of a node together: where there are too many, the sockets with the most are
 * closed.
 */
export class NodeQueue {
  readonly #maxBytes: number;
  readonly #queued = new Map<QueuedSocket, number>();
  #total = 0;

  constructor({ maxNodeQueuedBytes }: { maxNodeQueuedBytes: number }) {
    this.#maxBytes = maxNodeQueuedBytes;
  }

  /** Notes how much waits on a socket. */
  note(socket: QueuedSocket, bytes: number): void {
    this.#set(socket, bytes);
    if (this.#total > this.#maxBytes) this.#closeWorst();
  }

  forget(socket: QueuedSocket): void {
    this.#set(socket, 0);
  }

  #set(socket: QueuedSocket, bytes: number): void {
    this.#total += bytes - (this.#queued.get(socket) ?? 0);
    if (bytes === 0) this.#queued.delete(socket);
    else this.#queued.set(socket, bytes);
  }

  #closeWorst(): void {
    for (const socket of [...this.#queued.keys()]) this.#set(socket, socket.queuedBytes());
    const worstFirst = [...this.#queued].sort(([, a], [, b]) => b - a);
    for (const [socket] of worstFirst) {
      if (this.#total <= this.#maxBytes) return;
      this.#set(socket, 0);
      socket.giveUp();
    }
  }
}
