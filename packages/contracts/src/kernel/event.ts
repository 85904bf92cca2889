import type { z } from "zod";

/**
 * An event as plain data: strict, with the full object inside.
 *
 * - `durable` events are counted per connection (`s`), so that a client notices a gap; ephemeral ones are not.
 * - `audience` says who hears it; it is documentation here and a rule in the hub.
 * - `in_conversation`: the envelope names the conversation.
 * - `numbered`: it is one of the conversation's changes, and the envelope says which (`change_seq`).
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
