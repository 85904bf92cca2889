import { Faker } from "@faker-js/faker";
import { faker as english } from "@faker-js/faker/locale/en";
import { describe, expect, it } from "vitest";
import { copyField } from "../src/load/copy.js";
import { planWorkspaces } from "../src/load/plan.js";
import { makeWorkspace } from "../src/load/rows.js";

const make = () => {
  const plan = { slug: "bench-team-1", userCount: 9, groupSizes: [5, 5, 5], messageCount: 200 };
  const { messages, ...rows } = makeWorkspace(plan, new Faker({ locale: english.rawDefinitions, seed: 1 }), 1e12);
  return { ...rows, messages: [...messages] };
};

describe("the rows of a loaded workspace", () => {
  it("are the same ones each time", () => {
    expect(make()).toEqual(make());
  });

  it("number the messages of each conversation without gaps, up to its counters", () => {
    const { conversations, messages } = make();
    for (const { id, last_seq, last_change_seq } of conversations) {
      const seqs = messages.filter(({ conversation_id }) => conversation_id === id).map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
      expect([last_seq, last_change_seq]).toEqual([seqs.length, seqs.length]);
    }
  });

  it("let only members send", () => {
    const { participants, messages } = make();
    const members = new Set(participants.map(({ conversation_id, user_id }) => `${conversation_id} ${user_id}`));
    expect(members.size).toBe(15);
    expect(messages.every((row) => members.has(`${row["conversation_id"]} ${row["sender_id"]}`))).toBe(true);
  });

  it("have senders read up to their own messages", () => {
    const { participants, messages } = make();
    for (const { conversation_id, user_id, last_read_seq } of participants) {
      const own = messages.filter((row) => row["conversation_id"] === conversation_id && row["sender_id"] === user_id);
      expect(last_read_seq).toBeGreaterThanOrEqual(Math.max(0, ...own.map(({ seq }) => Number(seq))));
    }
  });
});

describe("a field of COPY", () => {
  it("escapes what would end it, and keeps the rest", () => {
    expect(copyField("a\tb\nc\\d\r")).toBe("a\\tb\\nc\\\\d\\r");
    expect([null, 7, true, Buffer.from([1, 255])].map(copyField)).toEqual(["\\N", "7", "true", "\\\\x01ff"]);
  });
});

describe("the plan of a database", () => {
  it("has four teams, and more of them from a million messages on", () => {
    const teams = (count: number) => planWorkspaces(count).filter(({ slug }) => slug.startsWith("bench-team-")).length;
    expect([1_000, 1_000_000, 2_000_000].map(teams)).toEqual([4, 4, 8]);
  });
});
