import type { SeriesOptions } from "./caller.js";
import { VeroError } from "./errors.js";
import type { CallOptions, Message, MessagesListInput, MessageWindow } from "./generated/client.js";

/** The answer of every list of the API but that of messages. */
export interface Page<T> {
  items: T[];
  /** null on the last page. */
  next_cursor: string | null;
}

export type List<I, T> = (input: I, options?: CallOptions) => Promise<Page<T>>;

/** The input may be left out where the list itself can do without. */
export type ListArguments<I> = undefined extends I
  ? [input?: I, options?: CallOptions]
  : [input: I, options?: CallOptions];

/** Where to begin in the messages of a conversation, and in which direction to go. */
export type MessageWalk = Omit<MessagesListInput, "around_seq" | "before_seq" | "after_seq"> &
  ({ before_seq?: number | undefined; after_seq?: undefined } | { after_seq: number; before_seq?: undefined });

type MessageList = (input: MessagesListInput, options?: CallOptions) => Promise<MessageWindow>;
type AnyList = (input: never, options?: CallOptions) => Promise<Page<unknown> | MessageWindow>;

/**
 * Walks through the messages of a conversation: from the newest to the oldest, with `before_seq` only those before it, and
 * with `after_seq` those after it, from the oldest to the newest. `limit` is how many messages a page has.
 */
export function paginate(
  list: MessageList,
  input: MessageWalk,
  options?: CallOptions,
): AsyncGenerator<Message, void, undefined>;
/**
 * Walks through all items of a list, asking for a page when the one before is used up. `cursor` in the input is where to
 * begin, `limit` how many items a page has. Throws what the list throws, also `user_changed` where another user has signed
 * in since the first page.
 */
export function paginate<I, T>(
  list: List<I, T>,
  ...[input, options]: ListArguments<I>
): AsyncGenerator<T, void, undefined>;
export async function* paginate(
  list: AnyList,
  ...[input, options]: [input?: unknown, options?: CallOptions]
): AsyncGenerator<unknown, void, undefined> {
  const given = input as object | undefined;
  let next = given;
  const together: SeriesOptions = { ...options, series: {} };
  while (true) {
    const page = await list(next as never, together);
    if (!Array.isArray(page?.items)) {
      throw new VeroError({ code: "unexpected_response", detail: "Expected a page of a list, got something else." });
    }
    if ("next_cursor" in page) {
      yield* page.items;
      if (page.next_cursor === null) return;
      next = { ...given, cursor: page.next_cursor };
      continue;
    }
    const isForward = next !== undefined && "after_seq" in next && next.after_seq !== undefined;
    const items = isForward ? page.items : [...page.items].reverse();
    yield* items;
    const last = items.at(-1)?.seq;
    if (last === undefined || !(isForward ? page.has_more_after : page.has_more_before)) return;
    next = { ...given, [isForward ? "after_seq" : "before_seq"]: last };
  }
}
