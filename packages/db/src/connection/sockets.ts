import { connect, type Socket } from "node:net";

/** Of the driver's options, what is needed to reach the server. */
export interface Address {
  host: string[];
  port: number[];
  path?: string | false;
}

const lookEveryMs = 500;

/**
 * The pool's connections, which the driver has no way to give up. Who hangs is known by its silence: PostgreSQL
 * itself ends a statement, and so answers, sooner than `silenceMs`.
 */
export class Sockets {
  readonly #heard = new Map<Socket, { bytes: number; at: number }>();
  readonly #looking: NodeJS.Timeout;
  #attempts = 0;

  /** Connections that nobody waits for may be silent as long as they like. */
  constructor(silenceMs: number, isAwaited: () => boolean) {
    this.#looking = setInterval(() => {
      this.#listen();
      if (isAwaited()) this.#giveUp(silenceMs);
    }, lookEveryMs);
    this.#looking.unref();
  }

  /** Connecting; the driver hears of failures from the socket. Several hosts take turns. */
  open({ host, port, path }: Address): Socket {
    const turn = this.#attempts % host.length;
    this.#attempts += 1;
    const socket = path ? connect(path) : connect(port[turn] ?? 5432, host[turn]);
    this.#heard.set(socket, { bytes: 0, at: performance.now() });
    // Where the driver looks for the name to check a certificate against.
    return Object.assign(socket, { host: host[turn] });
  }

  close(): void {
    clearInterval(this.#looking);
  }

  /** Without a word to the server, who may not be there. */
  destroy(): void {
    this.close();
    for (const socket of this.#heard.keys()) socket.destroy();
  }

  /** By counting, since the driver removes every listener of a socket at times. */
  #listen(): void {
    for (const [socket, heard] of this.#heard) {
      if (socket.destroyed) this.#heard.delete(socket);
      else if (socket.bytesRead !== heard.bytes)
        this.#heard.set(socket, { bytes: socket.bytesRead, at: performance.now() });
    }
  }

  /** Idle ones among them are no loss: the pool opens another when it needs one. */
  #giveUp(silenceMs: number): void {
    for (const [socket, { at }] of this.#heard) {
      if (performance.now() - at >= silenceMs) socket.destroy();
    }
  }
}
