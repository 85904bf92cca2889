import { createHash } from "node:crypto";
import type { Subscription } from "@vero/db";
import type { Subscriber } from "./realtime.subscriber.js";

type Window = Pick<Subscription, "visible_from_seq" | "visible_to_seq" | "joined_change_seq">;
const windowOf = ({ visible_from_seq, visible_to_seq, joined_change_seq }: Window): string =>
  `${visible_from_seq}:${visible_to_seq ?? ""}:${joined_change_seq}`;

/** Keeps the conversations that a connected user follows, each with the window that it is seen through. */
export class Following {
  readonly #conversations = new Map<string, { window: string; subscriber: Subscriber }>();

  get size(): number {
    return this.#conversations.size;
  }

  ids(): string[] {
    return [...this.#conversations.keys()];
  }

  has(id: string): boolean {
    return this.#conversations.has(id);
  }

  /** Whether the conversation is followed through the same window. */
  hasAsIs(subscription: Subscription): boolean {
    return this.#conversations.get(subscription.conversation_id)?.window === windowOf(subscription);
  }

  add(subscription: Subscription, subscriber: Subscriber): void {
    this.#conversations.set(subscription.conversation_id, { window: windowOf(subscription), subscriber });
  }

  remove(id: string): void {
    this.#conversations.get(id)?.subscriber.remove();
    this.#conversations.delete(id);
  }

  removeAll(): void {
    for (const id of this.ids()) this.remove(id);
  }

  /** Makes the digest of the conversations as the database does (`listMembershipDigests`). */
  digest(): string | undefined {
    if (this.#conversations.size === 0) return undefined;
    const lines = [...this.#conversations].map(([id, { window }]) => `${id}:${window}`).sort();
    return createHash("sha256").update(lines.join(",")).digest("hex");
  }
}
