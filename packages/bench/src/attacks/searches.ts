import type { Attack } from "./attack.js";
import { createHeavyGroup, idsOf, repeat } from "./heavy.js";

const query = encodeURIComponent("words of a long text heavy or words long text of a");

export const searches: Attack = {
  summary: "20 searches at once of many words in long texts",
  attackers: 10,
  async prepare({ attackers: [owner, ...others] }) {
    if (owner !== undefined) await createHeavyGroup(owner, await idsOf(others), 120);
  },
  run: ({ attackers }, ended) =>
    repeat(attackers, 2, ended, ({ request }) => request("GET", `/v1/chat/messages/search?limit=100&q=${query}`)),
};
