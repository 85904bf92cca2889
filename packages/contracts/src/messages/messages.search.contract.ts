import { z } from "zod";
import { id, instant, optional, page, paging, withDefault } from "../kernel/fields.js";
import { query } from "../kernel/procedure.js";
import { chars } from "../kernel/text.js";
import { exampleMessage, searchHit } from "./messages.schema.js";

export const searchMessages = query({
  access: "session",
  rest: "GET /v1/chat/messages/search",
  summary: "Full-text search across accessible messages",
  description:
    'Web-search syntax: "a phrase", -word, or. Only what the caller may read now. `has=media` finds messages that carry files. Snippets are plain text; ranges count Unicode code points. The first 24 words of `q` count.',
  input: z.strictObject({
    ...paging,
    q: chars(1, 200).describe("The words to search for, in web-search syntax."),
    conversation_id: optional(id).describe("Only messages of this conversation."),
    sender_id: optional(id).describe("Only messages of this user."),
    before: optional(instant).describe("Only messages sent before this time."),
    after: optional(instant).describe("Only messages sent at this time or later."),
    has: optional(z.enum(["media", "link"])).describe("Only messages that carry files, or a link."),
    sort: withDefault(z.enum(["relevance", "newest"]), "relevance").describe("Which hits come first."),
  }),
  output: page(searchHit),
  errors: ["conversation_not_found"],
  rate: "search",
  share: "search",
  example: {
    input: { q: "hello" },
    output: {
      items: [{ message: exampleMessage, snippet: { text: "Hello, Grace!", ranges: [{ start: 0, length: 5 }] } }],
      next_cursor: null,
    },
  },
});
