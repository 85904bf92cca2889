import type { z } from "zod";

/**
 * An event as plain data. Its payload is strict and carries the full object, so that clients need not fetch it.
 *
 * - `durable` events are counted per connection (`s`), so that a client notices a gap; ephemeral ones are not.
 * - `audience` documents who receives it; the hub enforces it.
 * - `in_conversation`: the envelope names the conversation.
 * - `numbered`: the event is one of the conversation's changes, and the envelope carries its `change_seq`.
 */
export interface EventSpec {
  durable: boolean;
  in_conversation: boolean;
  numbered: boolean;
  audience: string;
  summary: string;
  data: z.ZodType;
}

export const event = <const E extends EventSpec>(spec: E): E => spec;
