import type { Message, Participant } from "@vero/sdk";
import { describe, expect, it } from "vitest";
import { mentionAt, mentionedIn, usersMatching } from "../src/composer/mentions.js";
import { readMarksOf } from "../src/messages/read-marks.js";
import { rowsOf } from "../src/messages/rows.js";

const message = (seq: number, more: Partial<Message> = {}): Message =>
  ({
    id: `m${seq}`,
    seq,
    type: "text",
    sender_id: "ada",
    client_message_id: null,
    reply_to: null,
    forwarded_from: null,
    created_at: new Date(2026, 0, 5, 12, seq).toISOString(),
    ...more,
  }) as Message;

const participant = (id: string, last_read_seq: number): Participant =>
  ({ user: { id, display_name: id }, last_read_seq }) as Participant;

const shapeOf = (items: readonly Message[], firstUnreadSeq?: number) =>
  rowsOf({ items, unsent: [], firstUnreadSeq, myId: "me" }).map((row) =>
    row.kind === "message" ? `${row.isFirst ? "first " : ""}${row.message.seq}` : row.kind,
  );

describe("the rows of a list", () => {
  it("group the messages of a sender within five minutes", () => {
    const items = [message(1), message(2), message(3, { sender_id: "grace" }), message(20, { sender_id: "grace" })];
    expect(shapeOf(items)).toEqual(["day", "first 1", "2", "first 3", "first 20"]);
  });

  it("have a heading for each day, and a line above what is new", () => {
    const items = [message(1), message(2, { created_at: new Date(2026, 0, 6).toISOString() }), message(3)];
    expect(shapeOf(items.slice(0, 2), 2)).toEqual(["day", "first 1", "day", "unread", "first 2"]);
  });

  it("keep the key of a message that was sent meanwhile, and show it once", () => {
    const unsent = [{ client_message_id: "c", reply_to: undefined }] as never;
    const before = rowsOf({ items: [message(1)], unsent, firstUnreadSeq: undefined, myId: "me" });
    const sent = message(2, { sender_id: "me", client_message_id: "c" });
    const after = rowsOf({ items: [message(1), sent], unsent, firstUnreadSeq: undefined, myId: "me" });
    expect(before.at(-1)?.key).toBe(after.at(-1)?.key);
    expect(after).toHaveLength(3);
  });
});

describe("read marks", () => {
  const items = [message(1), message(2, { sender_id: "me" }), message(3, { sender_id: "me" })];

  it("stand in a group at the newest message that each has read, except at their own", () => {
    const participants = [participant("ada", 1), participant("grace", 2), participant("linus", 9)];
    const { readers } = readMarksOf({ items, participants, myId: "me", isDirect: false });
    const names = [...readers].map(([seq, at]) => [seq, at.map(({ user }) => user.id)]);
    expect(names).toEqual([
      [2, ["grace"]],
      [3, ["linus"]],
    ]);
  });

  it.each([
    [2, "sent"],
    [3, "read"],
  ])("of a direct conversation whose other side has read %i is: %s", (seq, mark) => {
    const source = { items, participants: [participant("ada", seq)], myId: "me", isDirect: true };
    expect(readMarksOf(source)).toMatchObject({ ownSeq: 3, ownMark: mark });
  });
});

describe("mentions", () => {
  const users = [
    { id: "1", display_name: "Tomás García" },
    { id: "2", display_name: "Grace Hopper" },
  ] as never[];

  it("are sought by the word at the cursor, by any word of a name, without accents", () => {
    expect(mentionAt("hello @gar", 10)).toEqual({ start: 6, q: "gar" });
    expect(mentionAt("mail ada@gar", 12)).toBeUndefined();
    expect(usersMatching(users, "garc").map(({ id }) => id)).toEqual(["1"]);
  });

  it("are those whose names stand in the text", () => {
    expect(mentionedIn("thanks @Grace Hopper", users)).toEqual(["2"]);
  });
});
