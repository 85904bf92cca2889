import { z } from "zod";
import { cursor, optional, withDefault } from "../kernel/fields.js";
import { mutation } from "../kernel/procedure.js";
import { exampleIds } from "../users/users.schema.js";
import { exampleMessage } from "./messages.schema.js";
import { syncPosition, syncResult } from "./messages.sync.schema.js";

export const syncMessages = mutation({
  access: "session",
  rest: "POST /v1/chat/messages/sync",
  summary: "Catch up in many conversations at once",
  description:
    "State-based: a message changed ten times comes once, in its latest state. A message with a seq that you hold already is an edit, a reaction or a deletion; without `last_change_seq` only messages after `last_seq` come. There is no time window, and everything is read in one snapshot. `user_cursor` covers what no conversation's log holds: conversations added and removed, the caller's own read position, mute, archive, deleted messages and blocks on other devices, and the profiles of others.\n\nTo begin: take a `user_cursor` (a call without conversations and without a cursor); walk the list of conversations to its end; list the messages and participants that you want to hold; call sync with the conversations held and the cursor. The state is then that of a fresh list, whatever was written meanwhile: `added` also holds the conversations that have moved in the list since the cursor was taken and that the call does not name. From then on the same call, with the numbers of the last answer, catches up.\n\nPresence and typing are ephemeral and in no answer of sync: who was away lists the users that it shows anew.",
  input: z.strictObject({
    conversations: z.array(syncPosition).max(100),
    user_cursor: optional(cursor).describe("Opaque; as `user_cursor` of the call before."),
    limit_per_conversation: withDefault(z.int().min(1).max(500), 100),
  }),
  output: syncResult,
  errors: [],
  rate: "sync",
  share: "sync",
  example: {
    input: { conversations: [{ conversation_id: exampleIds.conversation, last_seq: 0, last_change_seq: 0 }] },
    output: {
      conversations: [
        {
          conversation_id: exampleIds.conversation,
          messages: [exampleMessage],
          next_change_seq: 1,
          has_more: false,
          last_seq: 1,
          last_change_seq: 1,
          reset: false,
          receipts: [],
        },
      ],
      added: [],
      updated: [],
      removed: [],
      hidden: [],
      users: [],
      blocked: [],
      unblocked: [],
      user_cursor: "WzQyXQ",
      has_more: false,
    },
  },
});
