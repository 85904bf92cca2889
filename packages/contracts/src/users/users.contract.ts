import { z } from "zod";
import { id, nothing, optional, page, paging } from "../kernel/fields.js";
import { mutation, query } from "../kernel/procedure.js";
import { chars } from "../kernel/text.js";
import { agent, block, exampleIds, exampleUser, user } from "./users.schema.js";

const users = page(user);
const exampleList = { items: [exampleUser], next_cursor: null };

export const usersContract = {
  list: query({
    access: "session",
    rest: "GET /v1/chat/users",
    summary: "Users visible to the caller",
    description: "Active users of the workspace other than the caller, by display name.",
    input: z.strictObject({
      ...paging,
      q: optional(chars(1, 100)).describe("Only names that contain this, without regard to accents and case."),
    }),
    output: users,
    errors: [],
    rate: "list",
    share: "list",
    shareWithQ: "search",
    example: { input: { limit: 30 }, output: exampleList },
  }),
  search: query({
    access: "session",
    rest: "GET /v1/chat/users/search",
    summary: "Search users by name or phone",
    description:
      "Active users of the workspace other than the caller. By name: each word of `q` begins a word of the name, without regard to accents and case; where words are not separated by spaces, from any character on. First the name itself, then names that begin so, then the others, at last names that are only similar (where PostgreSQL has the extension pg_trgm). By phone, when `q` begins with + and has nothing but digits and what people put between them: only who has exactly this number, which is never echoed.",
    input: z.strictObject({
      ...paging,
      q: chars(1, 100).describe("A name or its beginning, or a phone number with country code."),
    }),
    output: users,
    errors: [],
    rate: "user_search",
    share: "search",
    example: { input: { q: "gra" }, output: exampleList },
  }),
  list_agents: query({
    access: "session",
    rest: "GET /v1/chat/agents",
    summary: "Agents in the workspace",
    description:
      "Active users with the role owner, admin or agent, the caller included, by display name. `presence.changed` reports their availability, `user.updated` of their role, to those who share a conversation with them.",
    input: z.strictObject({ ...paging }),
    output: page(agent),
    errors: [],
    rate: "list",
    share: "list",
    example: {
      input: {},
      output: { items: [{ user: exampleUser, availability: "online", open_conversation_count: 2 }], next_cursor: null },
    },
  }),
  block: mutation({
    access: "session",
    rest: "POST /v1/chat/users/:id/block",
    summary: "Soft-block a user",
    description:
      "Idempotent. The blocked user is not notified. Their direct messages no longer arrive, and never will; what they write in shared groups is marked `from_blocked_user` and not counted as unread; they cannot add the caller to groups. The caller cannot write to them directly. Neither learns of the other's presence, typing and reading any more.",
    input: z.strictObject({ id }),
    output: nothing,
    status: 204,
    errors: ["user_not_found", "cannot_block_self"],
    example: { input: { id: exampleIds.grace } },
  }),
  unblock: mutation({
    access: "session",
    rest: "DELETE /v1/chat/users/:id/block",
    summary: "Unblock a user",
    description:
      "Idempotent. What they write from then on arrives and counts; messages that the block withheld stay withheld.",
    input: z.strictObject({ id }),
    output: nothing,
    status: 204,
    errors: ["user_not_found"],
    example: { input: { id: exampleIds.grace } },
  }),
  list_blocks: query({
    access: "session",
    rest: "GET /v1/chat/blocks",
    summary: "Users the caller has blocked",
    description: "The latest first.",
    input: z.strictObject({ ...paging }),
    output: page(block),
    errors: [],
    rate: "list",
    share: "list",
    example: {
      input: {},
      output: { items: [{ user: exampleUser, created_at: "2026-03-01T12:00:00.000Z" }], next_cursor: null },
    },
  }),
};
