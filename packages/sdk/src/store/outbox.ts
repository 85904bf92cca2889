import { isVeroError } from "../errors.js";
import type { Message } from "../generated/client.js";
import { backoff, isTransient } from "../retry.js";
import type { Vero } from "../vero.js";
import { inputOf, itemOf } from "./outbox.items.js";
import type { Draft, OutboxFile, OutboxItem } from "./types.js";

/** Waits between attempts, in milliseconds. */
const waits = { minDelayMs: 1000, maxDelayMs: 30_000 };
const none: readonly OutboxItem[] = [];

export interface OutboxOptions {
  vero: Vero;
  /** Keeps an item, or with undefined forgets it; resolves when that is done or has failed. */
  keep(clientMessageId: string, item: OutboxItem | undefined): Promise<void>;
  onSent(message: Message, stamp: number): void;
  onChange(): void;
  stamp(): number;
}

/** Answers whether the message stays in its place and is tried again by itself: nobody has refused it. */
const mayPass = (error: unknown): boolean =>
  isTransient(error) || (isVeroError(error) && (error.status === 0 || error.status === 401));

/**
 * Sends messages: within a conversation one after the other, in their order, each under the same `client_message_id` however
 * often it is tried. One that the service refuses is kept with the reason, and lets the next ones pass.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  /** By conversation, in their order. */
  readonly #queues = new Map<string, readonly OutboxItem[]>();
  /** Ends the attempt that is under way, by conversation. */
  readonly #working = new Map<string, AbortController>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #failures = new Map<string, number>();
  #isClosed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  items(id: string): readonly OutboxItem[] {
    return this.#queues.get(id) ?? none;
  }

  /** Takes over what was kept from before. */
  restore(items: readonly OutboxItem[]): void {
    const inOrder = [...items].sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
    for (const item of inOrder) {
      const status = item.status === "failed" ? "failed" : "queued";
      this.#queues.set(item.conversation_id, [
        ...this.items(item.conversation_id),
        { ...item, status, progress: undefined },
      ]);
    }
    this.#options.onChange();
  }

  add(draft: Draft): string {
    // In their order also where two are made in the same millisecond.
    const last = this.items(draft.conversation_id).at(-1)?.created_at ?? "";
    const made = itemOf(draft);
    const created_at = made.created_at > last ? made.created_at : new Date(Date.parse(last) + 1).toISOString();
    const item = { ...made, created_at };
    this.#append(item);
    return item.client_message_id;
  }

  /** Tries a message that was refused again, after those that wait. Files that the service has no longer are uploaded anew. */
  retry(clientMessageId: string): void {
    const item = this.#find(clientMessageId);
    if (item?.status !== "failed") return;
    const isFileGone = item.error?.code.startsWith("media_") === true;
    const files = isFileGone ? item.files.map((file) => ({ ...file, media_id: undefined })) : item.files;
    const created_at = new Date().toISOString();
    const again: OutboxItem = { ...item, files, created_at, status: "queued", error: undefined };
    this.#append(again);
  }

  /** Puts an item at the end of its queue, and sends it once it is kept. */
  #append(item: OutboxItem): void {
    const { conversation_id: id, client_message_id: key } = item;
    this.#set(id, [...this.#others(item), item]);
    void this.#options.keep(key, item).then(() => this.#work(id));
  }

  /** The items of the same conversation but for this one. */
  #others({ conversation_id, client_message_id: key }: OutboxItem): OutboxItem[] {
    return this.items(conversation_id).filter((one) => one.client_message_id !== key);
  }

  discard(clientMessageId: string): void {
    const item = this.#find(clientMessageId);
    // One that is on its way may have arrived.
    if (item === undefined || item.status === "sending") return;
    if (item.status === "uploading") this.#working.get(item.conversation_id)?.abort();
    this.#drop(item);
  }

  /** A message of the user has arrived: perhaps the answer to it is still on its way, or was lost. */
  confirm({ client_message_id: id, conversation_id }: Message): void {
    const item = this.items(conversation_id).find((one) => one.client_message_id === id);
    if (item !== undefined) this.#drop(item);
  }

  /** Tries at once whatever waits. */
  flush(): void {
    for (const id of this.#queues.keys()) {
      clearTimeout(this.#timers.get(id));
      this.#timers.delete(id);
      void this.#work(id);
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const controller of this.#working.values()) controller.abort();
  }

  #find(clientMessageId: string): OutboxItem | undefined {
    for (const items of this.#queues.values()) {
      const found = items.find((one) => one.client_message_id === clientMessageId);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #set(id: string, items: readonly OutboxItem[]): void {
    if (items.length === 0) this.#queues.delete(id);
    else this.#queues.set(id, items);
    this.#options.onChange();
  }

  #update(clientMessageId: string, change: Partial<OutboxItem>): OutboxItem | undefined {
    const item = this.#find(clientMessageId);
    if (item === undefined) return undefined;
    const now = { ...item, ...change };
    this.#set(
      item.conversation_id,
      this.items(item.conversation_id).map((one) => (one === item ? now : one)),
    );
    return now;
  }

  #drop(item: OutboxItem): void {
    this.#set(item.conversation_id, this.#others(item));
    void this.#options.keep(item.client_message_id, undefined);
  }

  async #work(id: string): Promise<void> {
    // What waits for its next attempt is not disturbed by what comes after it.
    if (this.#working.has(id) || this.#timers.has(id)) return;
    for (;;) {
      const item = this.items(id).find(({ status }) => status === "queued");
      if (item === undefined || this.#isClosed) return;
      const controller = new AbortController();
      this.#working.set(id, controller);
      try {
        await this.#send(item.client_message_id, controller.signal);
        this.#failures.delete(id);
      } catch (error) {
        if (this.#isClosed) return;
        if (mayPass(error)) {
          if (this.#update(item.client_message_id, { status: "queued", progress: undefined }) !== undefined) {
            return this.#later(id, error);
          }
        } else this.#fail(item, error);
      } finally {
        this.#working.delete(id);
      }
    }
  }

  #fail({ client_message_id: id }: OutboxItem, error: unknown): void {
    const { code, detail } = isVeroError(error) ? error : { code: "network_error", detail: String(error) };
    const failed = this.#update(id, { status: "failed", progress: undefined, error: { code, detail } });
    if (failed !== undefined) void this.#options.keep(id, failed);
  }

  #later(id: string, error: unknown): void {
    const failures = this.#failures.get(id) ?? 0;
    this.#failures.set(id, failures + 1);
    const asked = (isVeroError(error) ? (error.retryAfter ?? 0) : 0) * 1000;
    const again = () => {
      this.#timers.delete(id);
      void this.#work(id);
    };
    this.#timers.set(id, setTimeout(again, Math.max(asked, backoff(failures, waits))));
  }

  async #send(id: string, signal: AbortSignal): Promise<void> {
    const { vero, onSent, stamp } = this.#options;
    for (let index = 0; ; index += 1) {
      const item = this.#find(id);
      const file = item?.files[index];
      if (item === undefined || file === undefined) break;
      if (file.media_id === undefined) await this.#upload(item, index, signal);
    }
    const item = this.#update(id, { status: "sending", progress: undefined });
    if (item === undefined) return;
    const asked = stamp();
    const message = await vero.messages.send(inputOf(item));
    if (this.#isClosed) return;
    onSent(message, asked);
    this.confirm(message);
  }

  async #upload({ client_message_id: id, files }: OutboxItem, index: number, signal: AbortSignal): Promise<void> {
    const { name: fileName, content_type, blob } = files[index] as OutboxFile;
    const total = files.reduce((sum, { size }) => sum + size, 0) || 1;
    const before = files.slice(0, index).reduce((sum, { size }) => sum + size, 0);
    this.#update(id, { status: "uploading", progress: before / total });
    const media = await this.#options.vero.media.upload(blob, {
      fileName,
      contentType: content_type || undefined,
      onProgress: ({ sent }) => this.#update(id, { progress: (before + sent) / total }),
      signal,
    });
    const uploaded = this.#find(id)?.files.map((file, at) => (at === index ? { ...file, media_id: media.id } : file));
    const item = uploaded && this.#update(id, { files: uploaded });
    if (item !== undefined) await this.#options.keep(id, { ...item, status: "queued", progress: undefined });
  }
}
