import type { Conversation } from "@vero/contracts";
import type { AnyEvent } from "@vero/sdk";
import type { Person } from "../harness/people.js";
import { connect, type TestSocket } from "../harness/socket.js";
import type { Stack } from "../harness/stack.js";
import { waitMs } from "../harness/waiting.js";
import { applyEvent } from "./apply.js";
import { differences } from "./canonical.js";
import { fetchHeld, fetchState } from "./fetch.js";
import { checkOrder } from "./order.js";
import { emptyState, type State } from "./state.js";
import { synchronise } from "./sync.js";

export interface ModelClientOptions {
  /** Selects the events that the network loses: they are not applied. */
  loses?: (event: AnyEvent) => boolean;
  /** How many messages of a conversation to ask sync for at once. */
  syncLimit?: number;
}

/** A client of one user, as good as the contract lets one be. It does one thing after another. */
export class ModelClient {
  state: State;
  #socket: TestSocket | undefined;
  #taken = 0;
  #work: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(
    readonly stack: Stack,
    readonly person: Person,
    readonly options: ModelClientOptions = {},
  ) {
    this.state = emptyState(person.id);
  }

  get isConnected(): boolean {
    return this.#socket !== undefined;
  }

  /** The events received on the socket that is open now. */
  get events(): AnyEvent[] {
    return (this.#socket?.frames ?? []).filter((frame) => frame["t"] === "event") as AnyEvent[];
  }

  #next(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      this.#failure ??= error;
    });
    return this.#work;
  }

  readonly #list = async (conversation: Conversation): Promise<void> => {
    const held = await fetchHeld(this.person, conversation);
    if (held === undefined) this.state.conversations.delete(conversation.id);
    else this.state.conversations.set(conversation.id, held);
  };

  async #take(socket: TestSocket): Promise<void> {
    for (; socket === this.#socket && this.#taken < socket.frames.length; this.#taken += 1) {
      const frame = socket.frames[this.#taken];
      if (frame?.["t"] === "resync") await this.#sync();
      if (frame?.["t"] !== "event") continue;
      const event = frame as AnyEvent;
      if (this.options.loses?.(event)) continue;
      const appeared = applyEvent(this.state, event);
      if (appeared !== undefined) await this.#list(appeared);
    }
  }

  async #sync(): Promise<void> {
    const { syncLimit: limit } = this.options;
    await synchronise(this.person, this.state, { list: this.#list, ...(limit && { limit }) });
  }

  /** Everything afresh. */
  load(): Promise<void> {
    return this.#next(async () => {
      this.state = await fetchState(this.person);
    });
  }

  sync(): Promise<void> {
    return this.#next(() => this.#sync());
  }

  /** First the socket, then what was missed; what is received meanwhile waits until that is done. */
  async connect(): Promise<void> {
    const isFirst = this.state.user_cursor === undefined;
    const socket = await connect(this.stack, this.person);
    this.#socket = socket;
    this.#taken = 0;
    const done = isFirst ? this.load() : this.sync();
    socket.ws.on("message", () => this.#next(() => this.#take(socket)));
    await done;
    await this.#next(() => this.#take(socket));
  }

  async disconnect(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined) return;
    await this.check();
    this.#socket = undefined;
    await socket.close();
  }

  /** Without looking back. */
  async end(): Promise<void> {
    await this.#work;
    await this.#socket?.close();
    this.#socket = undefined;
  }

  /** Fails when something went wrong, or when what was received came in a wrong order. */
  async check(): Promise<void> {
    await this.#work;
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#socket === undefined) return;
    // Throws when a frame did not fit its model.
    await this.#socket.until(() => true);
    checkOrder(this.#socket.frames);
    const [stray] = this.state.strays;
    if (stray === undefined) return;
    const id = (stray as { conversation_id?: string }).conversation_id ?? "";
    throw new Error(`received ${JSON.stringify(stray)} after the end, in: ${this.receivedOf(id)}`);
  }

  /** All that this connection has brought of a conversation. */
  receivedOf(id: string): string {
    const events = this.events.filter((event) => "conversation_id" in event && event.conversation_id === id);
    return events.map((event) => ("change_seq" in event ? `${event.type} ${event.change_seq}` : event.type)).join(", ");
  }

  /** Until the socket has brought a frame that fits, and the client has taken it in. */
  async received(type: AnyEvent["type"], fits: (event: AnyEvent) => boolean): Promise<void> {
    await this.#socket?.event(type, (frame) => fits(frame as AnyEvent));
    await this.#work;
  }

  differences(fresh: State): string[] {
    return differences(this.state, fresh);
  }

  /** Lists where it still differs from what is, once it had as long to catch up as `limitMs`. */
  async catchUp(fresh: State, limitMs = waitMs): Promise<{ differing: string[] }> {
    const end = performance.now() + limitMs;
    for (;;) {
      await this.#work;
      const differing = this.differences(fresh);
      if (differing.length === 0 || performance.now() > end) return { differing };
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
