import { connect, type Socket } from "node:net";

/** The driver's options that are needed to reach the server. */
export interface Address {
  host: string[];
  port: number[];
  path?: string | false;
}

/** A socket of the pool; the patched driver marks it once the server has accepted the connection. */
type PoolSocket = Socket & { isAccepted?: boolean };

const lookEveryMs = 500;

/**
 * Owns the sockets of the pool, because the driver offers no way to drop a connection that hangs. A socket that has
 * received nothing for `silenceMs` while a call is overdue counts as hanging: PostgreSQL ends, and so answers, every
 * statement sooner than that.
 */
export class Sockets {
  readonly #received = new Map<PoolSocket, { bytes: number; at: number; host: number }>();
  readonly #looking: NodeJS.Timeout;
  /**
   * The index of the host that new connections are made to. It moves on to the next host once the present one has not
   * accepted a connection. One that ended after it had served, as all do after a while, is made again to the same host:
   * the next one may be a standby, which accepts connections and no writes.
   */
  #host = 0;

  /** Sockets are dropped for their silence only while `isAwaited` says that a call is overdue. */
  constructor(silenceMs: number, isAwaited: () => boolean) {
    this.#looking = setInterval(() => {
      this.#listen();
      if (isAwaited()) this.#giveUp(silenceMs);
    }, lookEveryMs);
    this.#looking.unref();
  }

  /** Opens a socket, which may still be connecting: the driver learns of failures from its events. */
  open({ host, port, path }: Address): Socket {
    if (this.#forgetEnded().includes(this.#host)) this.#host = (this.#host + 1) % host.length;
    const at = this.#host;
    const socket = path ? connect(path) : connect(port[at] ?? 5432, host[at]);
    this.#received.set(socket, { bytes: 0, at: performance.now(), host: at });
    // The driver takes the host name to verify the certificate against from this property.
    return Object.assign(socket, { host: host[at] });
  }

  close(): void {
    clearInterval(this.#looking);
  }

  /** Closes all sockets without the protocol's farewell, since the server may be unreachable. */
  destroy(): void {
    this.close();
    for (const socket of this.#received.keys()) socket.destroy();
  }

  /**
   * Notes which sockets have received bytes. It polls `bytesRead` because the driver at times removes all listeners of
   * a socket, and ours with them.
   */
  #listen(): void {
    for (const [{ bytesRead }, received] of this.#received) {
      if (bytesRead !== received.bytes) Object.assign(received, { bytes: bytesRead, at: performance.now() });
    }
  }

  /** Drops ended sockets from the map; returns the hosts that have not accepted theirs. */
  #forgetEnded(): number[] {
    const ended = [...this.#received].filter(([socket]) => socket.destroyed);
    for (const [socket] of ended) this.#received.delete(socket);
    return ended.flatMap(([{ isAccepted }, { host }]) => (isAccepted ? [] : host));
  }

  /** Destroys the silent sockets. Idle ones among them are no loss: the pool opens new connections on demand. */
  #giveUp(silenceMs: number): void {
    for (const [socket, { at }] of this.#received) {
      if (performance.now() - at >= silenceMs) socket.destroy();
    }
  }
}
