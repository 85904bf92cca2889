import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Between the pool and PostgreSQL: accepts, and then does what networks and servers do. */
export class TestProxy {
  readonly #target: URL;
  readonly #pairs = new Set<[Socket, Socket]>();
  #server: Server | undefined;
  #isFrozen = false;
  #lost: string | undefined;
  #port = 0;

  constructor(target: string) {
    this.#target = new URL(target);
  }

  get url(): string {
    const url = new URL(this.#target);
    url.hostname = "127.0.0.1";
    url.port = String(this.#port);
    return url.href;
  }

  async open(): Promise<void> {
    this.#server = createServer((near) => this.#join(near)).listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** From here on connections are refused, and those that were open are gone. */
  async close(): Promise<void> {
    const closed = this.#server && once(this.#server, "close");
    this.#server?.close();
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    await closed;
  }

  /** Connections stay open, new ones are accepted, and nobody says a word. */
  freeze(): void {
    this.#isFrozen = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.unpipe();
  }

  /** As when a path in the network is lost: what is open says no word any more and is not closed; new ones work. */
  cut(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.unpipe();
  }

  thaw(): void {
    // Piped twice, every byte would come twice.
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    for (const [near, far] of this.#pairs) near.pipe(far).pipe(near);
  }

  /** Cuts the connection of the next transaction that carries the text when PostgreSQL has committed it, before it can say so. */
  loseCommitOf(text: string): void {
    this.#lost = text;
  }

  #join(near: Socket): void {
    const far = connect(Number(this.#target.port), this.#target.hostname);
    const pair: [Socket, Socket] = [near, far];
    this.#pairs.add(pair);
    for (const socket of pair) {
      socket.on("error", () => {});
      socket.on("close", () => {
        this.#pairs.delete(pair);
        for (const one of pair) one.destroy();
      });
    }
    let isLost = false;
    near.on("data", (request: Buffer) => {
      if (this.#lost === undefined || !request.includes(this.#lost)) return;
      isLost = true;
      this.#lost = undefined;
    });
    far.on("data", (reply: Buffer) => {
      if (isLost && reply.includes("COMMIT\0")) near.destroy();
    });
    if (!this.#isFrozen) near.pipe(far).pipe(near);
  }
}
