import type { Realtime } from "@vero/sdk";
import type { Received } from "./order.js";

/** The messages that one person's socket has received, by conversation, in the order of arrival. */
export class Inbox {
  /** Times at which the client was told that it may have missed something. */
  resyncs = 0;
  readonly #conversations = new Set<string>();
  readonly #received = new Map<string, Received[]>();
  readonly #watchers = new Set<() => void>();

  constructor(realtime: Pick<Realtime, "on">) {
    realtime.on("conversation.created", ({ data }) => {
      this.#conversations.add(data.conversation.id);
      this.#look();
    });
    realtime.on("message.created", ({ data: { message } }) => {
      const at = performance.now();
      const { client_message_id, seq, text } = message;
      this.of(message.conversation_id).push({ key: client_message_id ?? message.id, seq, text: text ?? "", at });
      this.#look();
    });
    realtime.on("resync", () => {
      this.resyncs += 1;
    });
  }

  of(conversationId: string): Received[] {
    const list = this.#received.get(conversationId) ?? [];
    this.#received.set(conversationId, list);
    return list;
  }

  /** Whether the conversation has appeared here: what is written to it from then on comes as an event. */
  appeared(conversationId: string, withinMs: number): Promise<boolean> {
    return this.#until(() => this.#conversations.has(conversationId), withinMs);
  }

  /** Whether as many messages of the conversation have come. */
  holds(conversationId: string, count: number, withinMs: number): Promise<boolean> {
    return this.#until(() => this.of(conversationId).length >= count, withinMs);
  }

  #look(): void {
    for (const watcher of this.#watchers) watcher();
  }

  #until(met: () => boolean, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (outcome: boolean) => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        resolve(outcome);
      };
      const watcher = () => {
        if (met()) settle(true);
      };
      const timer = setTimeout(() => settle(met()), withinMs);
      this.#watchers.add(watcher);
      watcher();
    });
  }
}
