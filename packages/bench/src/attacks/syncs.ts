import type { Attack } from "./attack.js";
import { createHeavyGroup, idsOf, repeat } from "./heavy.js";

const groups: string[] = [];

export const syncs: Attack = {
  summary: "20 syncs at once of everything in heavy conversations",
  attackers: 10,
  async prepare({ attackers: [owner, ...others] }) {
    if (owner !== undefined) groups.push(await createHeavyGroup(owner, await idsOf(others), 120));
  },
  run: ({ attackers }, ended) =>
    repeat(attackers, 2, ended, ({ request }) =>
      request("POST", "/v1/chat/messages/sync", {
        conversations: groups.map((conversation_id) => ({ conversation_id, last_seq: 0, last_change_seq: 0 })),
        limit_per_conversation: 500,
      }),
    ),
};
