/** A socket as the queue of its node uses it. */
export interface QueuedSocket {
  queuedBytes(): number;
  /** Closes the socket, whose client reads too slowly. */
  giveUp(): void;
  /** Writes what was sent in this tick. */
  flush(): void;
}

/**
 * Bounds the bytes that wait on all sockets of a node together: where there are too many, the sockets with the most are
 * closed. Also has the events of one tick leave together.
 */
export class NodeQueue {
  readonly #maxBytes: number;
  readonly #queued = new Map<QueuedSocket, number>();
  #total = 0;
  /** Sockets on which something was sent in this tick. */
  #unflushed: QueuedSocket[] = [];

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

  /**
   * Has a socket write when everything that arrived in this tick has been handled: a write costs about as much for ten
   * events as for one.
   */
  flushLater(socket: QueuedSocket): void {
    if (this.#unflushed.push(socket) === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    const sockets = this.#unflushed;
    this.#unflushed = [];
    for (const socket of sockets) socket.flush();
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
