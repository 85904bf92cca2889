import { ofWithheldMessage, unnoticed } from "../blocks/policies.js";
import { ofDirectMessage, saysMeanwhile } from "../blocks/steps.js";
import { inGroup, ofMessage, signedIn } from "../roles/roles.js";
import type { RowsOf } from "./row.js";
import { ofDirect } from "./subjects.js";

const since = (conversation_id: string) => ({ conversation_id, last_seq: 0, last_change_seq: 0 });

export const messagesRead: Pick<RowsOf<"messages">, "list" | "sync" | "get" | "list_edits" | "search"> = {
  list: {
    request: ({ conversation }) => ({ id: conversation }),
    roles: { "of the group": { answers: inGroup() } },
    blocks: { "of a group": { effects: unnoticed }, "of the direct one": { effects: unnoticed, on: ofDirect } },
  },
  sync: {
    request: ({ conversation }) => ({ conversations: [since(conversation)] }),
    roles: { "of the group": { answers: signedIn() } },
    blocks: {
      "of both": {
        effects: unnoticed,
        with: (_, { group, direct }) => ({ conversations: [group, direct].map(since) }),
      },
    },
    events: {
      "changes nothing": {
        by: "member",
        again: 200,
        refused: { by: "member", with: { conversations: [], user_cursor: "nonsense" }, status: 400 },
        receives: {},
      },
    },
  },
  get: {
    request: ({ message }) => ({ id: message }),
    roles: { "of the group": { answers: ofMessage() } },
    blocks: {
      "from before the block": { effects: unnoticed, on: ofDirectMessage },
      withheld: { effects: ofWithheldMessage("message_not_found"), meanwhile: saysMeanwhile },
    },
  },
  list_edits: {
    request: ({ message }) => ({ id: message }),
    roles: { "of a message in the group": { answers: ofMessage() } },
    blocks: {
      "from before the block": { effects: unnoticed, on: ofDirectMessage },
      withheld: { effects: ofWithheldMessage("message_not_found"), meanwhile: saysMeanwhile },
    },
  },
  search: {
    request: () => ({ q: "canary" }),
    roles: {
      everywhere: { answers: signedIn() },
      "in the group": { answers: inGroup(), with: ({ conversation }) => ({ conversation_id: conversation }) },
    },
    blocks: { everywhere: { effects: unnoticed, with: (_, { direct }) => ({ conversation_id: direct }) } },
  },
};
