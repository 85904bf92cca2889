import type { z } from "zod";

/**
 * An event as plain data: strict, with the full object inside.
 *
 * - `durable` events are counted per connection (`s`), so that a client notices a gap; ephemeral ones are not.
 * - `audience` says who hears it; it is documentation here and a rule in the hub.
 * - `in_conversation`: the envelope names the conversation and, for durable changes, the `change_seq`.
 */
export interface EventSpec {
  durable: boolean;
  in_conversation: boolean;
  audience: string;
  summary: string;
  data: z.ZodType;
}

export const event = <const E extends EventSpec>(spec: E): E => spec;
