import type { Attack } from "./attack.js";
import { createHeavyGroup, idsOf, repeat } from "./heavy.js";

let group = "";

export const lists: Attack = {
  summary: "50 lists at once of heavy messages",
  attackers: 10,
  async prepare({ attackers: [owner, ...others] }) {
    if (owner !== undefined) group = await createHeavyGroup(owner, await idsOf(others), 120);
  },
  run: ({ attackers }, ended) =>
    repeat(attackers, 5, ended, ({ request }) => request("GET", `/v1/chat/conversations/${group}/messages?limit=200`)),
};
