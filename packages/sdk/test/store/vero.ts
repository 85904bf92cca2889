import { VeroError } from "../../src/errors.js";
import type { Conversation, Message, MessagesSendInput } from "../../src/generated/client.js";
import type { AnyEvent } from "../../src/generated/frames.js";
import type { ConnectionState } from "../../src/realtime/state.js";
import type { Vero } from "../../src/vero.js";
import { conversationId, me, SimulatedService } from "./service.js";

type Listener = (event: never) => void;

export const refusal = (code: "forbidden" | "you_blocked_user" | "media_not_found"): VeroError =>
  new VeroError({ code, detail: `It is ${code}.`, status: 403 });
export const unreachable = (): VeroError => new VeroError({ code: "network_error", detail: "No answer.", status: 0 });

/** A client of the simulated service, whose answers can be held back, and refused. */
export class FakeVero {
  userId: string | undefined = me;
  isReachable = true;
  state: ConnectionState = { status: "idle" };
  readonly calls: { operation: string; input: Record<string, unknown> }[] = [];
  /** Runs before the answer of an operation; may throw, or wait. */
  readonly before = new Map<string, (input: never) => unknown>();
  /** Operations whose next answer is lost, with the network. */
  readonly lost = new Set<string>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #sent = new Map<string, Message>();

  constructor(readonly service = new SimulatedService(["user-a", "user-b"])) {}

  emit(type: string, event: object): void {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) listener(event as never);
  }

  /** Delivers events, as long as the socket is open. */
  deliver(events: readonly AnyEvent[]): void {
    if (this.state.status === "live") for (const event of events) this.emit("*", event);
  }

  goLive(): void {
    this.isReachable = true;
    this.state = { status: "live", connection_id: "c", user_id: this.userId ?? "", checking: false };
    this.emit("state", this.state);
    this.emit("connected", { connection_id: "c", user_id: this.userId, reconnected: false });
  }

  goOffline(): void {
    this.isReachable = false;
    this.state = { status: "offline", attempt: 1, retry_at: 0, error: unreachable() };
    this.emit("state", this.state);
  }

  count(operation: string): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }

  inputs(operation: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.operation === operation).map(({ input }) => input);
  }

  async #call<T>(operation: string, input: object, answer: () => T): Promise<T> {
    this.calls.push({ operation, input: input as Record<string, unknown> });
    if (!this.isReachable) throw unreachable();
    await this.before.get(operation)?.(input as never);
    // As after a way over the network.
    await Promise.resolve();
    const answered = structuredClone(answer());
    if (this.lost.delete(operation)) {
      this.goOffline();
      throw unreachable();
    }
    return answered;
  }

  #send(input: MessagesSendInput): Message {
    const key = input.client_message_id as string;
    const known = this.#sent.get(key);
    if (known !== undefined) return known;
    const events = this.service.send(me, { client_message_id: key, text: input.text ?? null });
    const message = this.service.rows.at(-1)?.message as Message;
    this.#sent.set(key, message);
    this.deliver(events);
    return message;
  }

  /** The client as the store knows it: as much as the store uses. */
  get client(): Vero {
    const { service } = this;
    const call = this.#call.bind(this);
    const on = (type: string, listener: Listener) => {
      const all = this.#listeners.get(type) ?? new Set();
      this.#listeners.set(type, all.add(listener));
      return () => all.delete(listener);
    };
    const list =
      <T>(operation: string, items: () => T[]) =>
      (input: object) =>
        call(operation, input, () => ({ items: items(), next_cursor: null }));
    const fake = this;
    const vero = {
      session: {
        get userId() {
          return fake.userId;
        },
        tokens: async () => (this.userId === undefined ? null : { user: { id: this.userId }, access_token: "a" }),
      },
      connection: {
        get state() {
          return fake.state;
        },
        subscribe: (listener: Listener) => on("state", listener),
      },
      realtime: { on, connect: async () => this.state },
      conversations: {
        list: list<Conversation>("conversations.list", () => [service.conversation]),
        get: (input: object) => call("conversations.get", input, () => service.conversation),
        markRead: (input: { seq: number }) =>
          call("conversations.mark_read", input, () => {
            this.deliver(service.read(me, input.seq));
            return { last_read_seq: input.seq, unread_count: service.unread };
          }),
        mute: (input: object) => call("conversations.mute", input, () => this.deliver(service.mute(true))),
        archive: (input: object) => call("conversations.archive", input, () => this.deliver(service.archive(true))),
        setTyping: (input: object) => call("conversations.set_typing", input, () => undefined),
      },
      participants: { list: list("participants.list", () => service.participants()) },
      users: {
        list: list("users.list", () => service.participants().map(({ user }) => user)),
        listBlocks: list("users.list_blocks", () => []),
      },
      messages: {
        sync: (input: {
          conversations: { last_change_seq: number; last_receipt_seq: number }[];
          user_cursor?: string;
        }) =>
          call("messages.sync", input, () => {
            const [position] = input.conversations;
            const state = Number(input.user_cursor?.split("-")[1] ?? service.stateChanges);
            const { users, blocks } = service.positions;
            const change = position?.last_change_seq ?? service.change;
            const answer = service.sync({ change, receipt: position?.last_receipt_seq ?? 0, state, users, blocks });
            return position === undefined ? { ...answer, conversations: [] } : answer;
          }),
        list: (input: { limit: number }) => call("messages.list", input, () => service.page(input)),
        get: ({ id }: { id: string }) =>
          call("messages.get", { id }, () => service.visible.find((one) => one.id === id) as Message),
        // Two pages for every text; in place of hits, what tells them apart.
        search: ({ q, cursor }: { q: string; cursor?: string }) =>
          call("messages.search", { q, cursor }, () =>
            cursor === undefined
              ? { items: [`${q} 1`], next_cursor: "2" }
              : { items: [`${q} ${cursor}`], next_cursor: null },
          ),
        send: (input: MessagesSendInput) => call("messages.send", input, () => this.#send(input)),
        edit: ({ id }: { id: string }) =>
          call("messages.edit", { id }, () => {
            const seq = Number(id.split("-")[1]);
            this.deliver(service.edit(seq));
            return service.visible.find((one) => one.id === id) as Message;
          }),
        delete: ({ id, scope }: { id: string; scope: string }) =>
          call("messages.delete", { id, scope }, () => {
            const seq = Number(id.split("-")[1]);
            this.deliver(scope === "for_me" ? service.deleteForMe(seq) : service.deleteForEveryone(seq));
          }),
        react: ({ id, emoji }: { id: string; emoji: string }) =>
          call("messages.react", { id, emoji }, () => {
            const seq = Number(id.split("-")[1]);
            this.deliver(service.react(me, seq, emoji));
            const { reactions, change_seq } = (service.rows[seq - 1] as { message: Message }).message;
            return { reacted: true, reactions, change_seq };
          }),
      },
      media: {
        upload: (blob: Blob, options: { onProgress(progress: { sent: number; total: number }): void }) =>
          call("media.upload", { size: blob.size }, () => {
            options.onProgress({ sent: blob.size, total: blob.size });
            return { id: `media-${this.count("media.upload")}` };
          }),
      },
    };
    return vero as unknown as Vero;
  }
}

export { conversationId, me };
