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
  readonly #heard = new Map<Socket, { bytes: number; at: number; host: number }>();
  readonly #looking: NodeJS.Timeout;
  /** The host that new connections lead to: the next one, once a connection to it has ended or was never made. */
  #host = 0;

  /** Connections that nobody waits for may be silent as long as they like. */
  constructor(silenceMs: number, isAwaited: () => boolean) {
    this.#looking = setInterval(() => {
      this.#listen();
      if (isAwaited()) this.#giveUp(silenceMs);
    }, lookEveryMs);
    this.#looking.unref();
  }

  /** Connecting; the driver hears of failures from the socket. */
  open({ host, port, path }: Address): Socket {
    if (this.#forgetEnded().includes(this.#host)) this.#host = (this.#host + 1) % host.length;
    const at = this.#host;
    const socket = path ? connect(path) : connect(port[at] ?? 5432, host[at]);
    this.#heard.set(socket, { bytes: 0, at: performance.now(), host: at });
    // Where the driver looks for the name to check a certificate against.
    return Object.assign(socket, { host: host[at] });
  }

  close(): void {
    clearInterval(this.#looking);
  }

  /** Without a word to the server, who may not be there. */
  destroy(): void {
    this.close();
    for (const socket of this.#heard.keys()) socket.destroy();
  }

  /** By looking, like everything here, since the driver removes every listener of a socket at times. */
  #listen(): void {
    for (const [{ bytesRead }, heard] of this.#heard) {
      if (bytesRead !== heard.bytes) Object.assign(heard, { bytes: bytesRead, at: performance.now() });
    }
  }

  /** Forgets the connections that have ended, and answers which hosts they led to. */
  #forgetEnded(): number[] {
    const ended = [...this.#heard].filter(([socket]) => socket.destroyed);
    for (const [socket] of ended) this.#heard.delete(socket);
    return ended.map(([, { host }]) => host);
  }

  /** Idle ones among them are no loss: the pool opens another when it needs one. */
  #giveUp(silenceMs: number): void {
    for (const [socket, { at }] of this.#heard) {
      if (performance.now() - at >= silenceMs) socket.destroy();
    }
  }
}
