import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { refusesInvisibleMessages } from "../harness/access.js";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import { block, deleteMessage, edit, react } from "../harness/actions.js";
import { changesNothing, conversationOf, messageOf, outlineOf, receivedUntilNow, refuses } from "../harness/observe.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
let message: Message;
beforeEach(async () => {
  const { ada, grace } = workspace;
  group = await groupOf(ada, [grace]);
  message = await say(ada, group.id, "What do you think?");
});

const animals = [..."🐀🐁🐂🐃🐄🐅🐆🐇🐈🐉🐊🐋🐌🐍🐎🐏🐐🐑🐒🐓🐔"];
/** The message as somebody sees it, and the kinds of reaction on it. */
const kindsFor = async (person: Person): Promise<string[]> =>
  (await messageOf(person, message.id)).reactions.map(({ emoji }) => emoji);

describe("200", () => {
  it("toggles, and shows each viewer whether they have reacted", async () => {
    const { ada, grace } = workspace;
    const { status, body } = await react(grace, message.id, "👍");
    expect(status).toBe(200);
    const kind = { emoji: "👍", count: 1, user_ids: [grace.id] };
    expect(body).toEqual({ reacted: true, reactions: [{ ...kind, reacted: true }], change_seq: 2 });
    for (const [person, reacted] of [
      [grace, true],
      [ada, false],
    ] as const) {
      const seen = { ...message, change_seq: 2, reactions: [{ ...kind, reacted }] };
      expect(await messageOf(person, message.id)).toEqual(seen);
      expect(await historyOf(person, group.id)).toEqual([seen]);
      expect((await conversationOf(person, group.id)).last_message).toEqual(seen);
    }
    expect((await conversationOf(grace, group.id)).me.unread_count).toBe(1);
    expect((await react(grace, message.id, "👍")).body).toEqual({ reacted: false, reactions: [], change_seq: 3 });
    expect(await messageOf(ada, message.id)).toEqual({ ...message, change_seq: 3 });
  });

  it("sends an event to every participant, each with what they have done themselves", async () => {
    const { ada, grace, outsider, stack } = workspace;
    const other = await groupOf(outsider, []);
    await react(ada, message.id, "🎉");
    await withSockets(stack, [ada, grace, grace, outsider], async (...sockets) => {
      await react(grace, message.id, "👍");
      await react(grace, message.id, "🎉", "add");
      await react(ada, message.id, "🎉", "remove");
      const all = await receivedUntilNow(ada, group.id, sockets.slice(0, 3));
      for (const [index, received] of all.entries()) {
        const isAda = index === 0;
        expect(outlineOf(received)).toEqual([3, 4, 5].map((n) => ["reaction.updated", n]));
        const party = (user_ids: string[], reacted: boolean) => ({
          emoji: "🎉",
          count: user_ids.length,
          reacted,
          user_ids,
        });
        const thumb = { emoji: "👍", count: 1, reacted: !isAda, user_ids: [grace.id] };
        const common = { message_id: message.id, seq: 1 };
        expect(received.map(({ data }) => data)).toEqual([
          { ...common, user_id: grace.id, reactions: [party([ada.id], isAda), thumb] },
          { ...common, user_id: grace.id, reactions: [party([ada.id, grace.id], true), thumb] },
          { ...common, user_id: ada.id, reactions: [thumb, party([grace.id], !isAda)] },
        ]);
      }
      expect(await receivedUntilNow(outsider, other.id, sockets.slice(3))).toEqual([[]]);
    });
  });

  it.each(["add", "remove"])("changes nothing, and notifies nobody, when %s is repeated", async (action) => {
    const { ada, grace, stack } = workspace;
    await react(ada, message.id, "🎉");
    if (action === "add") await react(grace, message.id, "👍");
    const { change_seq, reactions } = await messageOf(grace, message.id);
    await changesNothing(stack, ada, group.id, [ada, grace], async () => {
      const { status, body } = await react(grace, message.id, "👍", action);
      expect([status, body]).toEqual([200, { reacted: action === "add", reactions, change_seq }]);
    });
  });

  it("keeps the kinds in the order of their first, and several of one person", async () => {
    const { ada, grace } = workspace;
    for (const emoji of ["🎉", "👍", "😀"]) await react(grace, message.id, emoji);
    await react(ada, message.id, "😀");
    await react(ada, message.id, "👍");
    expect(await kindsFor(ada)).toEqual(["🎉", "👍", "😀"]);
    await react(grace, message.id, "🎉", "remove");
    await react(ada, message.id, "🎉", "add");
    const { reactions } = await messageOf(ada, message.id);
    expect(reactions.map(({ emoji, count, reacted }) => [emoji, count, reacted])).toEqual([
      ["👍", 2, true],
      ["😀", 2, true],
      ["🎉", 1, true],
    ]);
  });

  it("names the first ten of twelve and counts all, in the order in which they came", async () => {
    const { ada, stack } = workspace;
    const people = await Promise.all(upTo(12).map((n) => invite(stack, ada, `Fan ${n}`)));
    const { id } = await groupOf(ada, people);
    message = await say(ada, id, "Concert");
    // Not the order of their ids.
    for (const person of people.reverse()) await react(person, message.id, "🎉");
    const user_ids = people.slice(0, 10).map((person) => person.id);
    for (const [person, reacted] of [
      [people[11], true],
      [ada, false],
    ] as const) {
      const seen = await messageOf(person as Person, message.id);
      expect(seen.reactions).toEqual([{ emoji: "🎉", count: 12, reacted, user_ids }]);
    }
  });

  it("takes an emoji and the same with a variation selector as one, and shows it qualified", async () => {
    const { ada, grace } = workspace;
    await react(ada, message.id, "\u2764");
    const { body } = await react(grace, message.id, "\u2764\uFE0F");
    expect(body.reactions).toEqual([{ emoji: "\u2764\uFE0F", count: 2, reacted: true, user_ids: [ada.id, grace.id] }]);
    expect((await react(ada, message.id, "\u2764\uFE0F")).body.reacted).toBe(false);
  });

  it.each(["👍🏽", "👩‍👩‍👧", "🇩🇪", "1️⃣", "☺", "🏴‍☠️", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])("takes %s", async (emoji) => {
    const { ada } = workspace;
    const { body } = await react(ada, message.id, emoji);
    expect(body.reactions).toHaveLength(1);
    expect(body.reactions[0]?.emoji.replaceAll("\uFE0F", "")).toBe(emoji.replaceAll("\uFE0F", ""));
    expect((await react(ada, message.id, body.reactions[0]?.emoji, "remove")).body.reactions).toEqual([]);
  });

  it("adds once when it is asked for twenty times at once", async () => {
    const { grace } = workspace;
    const answers = await Promise.all(upTo(20).map(() => react(grace, message.id, "👍", "add")));
    for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
    expect(answers[0]?.body.change_seq).toBe(2);
  });

  it("is there on the socket", async () => {
    const { ada, stack } = workspace;
    await withSockets(stack, [ada], async (socket) => {
      const answer = await socket.request("messages.react", { id: message.id, emoji: "👍" });
      expect(answer["d"]).toMatchObject({ reacted: true, change_seq: 2 });
      expect(await kindsFor(workspace.grace)).toEqual(["👍"]);
    });
  });
});

describe("400", () => {
  it.each([
    "",
    "a",
    "1",
    "#",
    "👍👍",
    "👍 ",
    " 👍",
    ":+1:",
    "🇩",

    "\u200d",
    "\uFE0F",
    "👍\u0000",
    "é",
    "👍".repeat(40),
  ])("validation_failed for %j, which is not one emoji", async (emoji) => {
    const { ada, grace, stack } = workspace;
    await refuses(stack, ada, group.id, [grace], () => react(ada, message.id, emoji), "validation_failed");
  });

  it.each([
    ["no emoji", {}, ["emoji"]],
    ["null", { emoji: null }, ["emoji"]],
    ["another action", { emoji: "👍", action: "set" }, ["action"]],
    ["unknown fields", { emoji: "👍", user_id: "x" }, ["user_id"]],
  ])("validation_failed for %s", async (_name, body, paths) => {
    const { ada, grace, stack } = workspace;
    const call = async () => {
      const answer = await ada.call<object>(`POST /v1/chat/messages/${message.id}/reactions`, { body });
      expect(pathsOf(answer)).toEqual(paths);
      return answer;
    };
    await refuses(stack, ada, group.id, [grace], call, "validation_failed");
  });
});

describe("403", () => {
  it("you_blocked_user in a direct conversation with somebody blocked", async () => {
    const { ada, stack } = workspace;
    const [blocker, other] = [await invite(stack, ada, "Blocker"), await invite(stack, ada, "Other")];
    const message = await say(other, (await directBetween(blocker, other)).id, "hello");
    await block(blocker, other);
    expectProblem((await react(blocker, message.id, "👍")) as never, 403, "you_blocked_user");
    expect((await messageOf(other, message.id)).reactions).toEqual([]);
  });
});

describe("404", () => {
  refusesInvisibleMessages(workspace, (id) => `POST /v1/chat/messages/${id}/reactions`, { body: { emoji: "👍" } });
});

describe("409", () => {
  it("reaction_limit for the twenty-first kind, until one of them is gone", async () => {
    const { ada, grace, stack } = workspace;
    const [last, ...rest] = [...animals].reverse();
    for (const [index, emoji] of rest.entries()) await react(index % 2 === 0 ? ada : grace, message.id, emoji);
    expect(await kindsFor(ada)).toEqual(rest);
    await refuses(stack, ada, group.id, [ada, grace], () => react(ada, message.id, last), "reaction_limit");
    expect((await react(ada, message.id, rest[1], "add")).body.reactions[1]).toMatchObject({ count: 2 });
    expect((await react(ada, message.id, last, "remove")).status).toBe(200);
    await react(ada, message.id, rest[0], "remove");
    expect((await react(ada, message.id, last)).body.reactions.at(-1)).toMatchObject({ emoji: last, count: 1 });
  });

  it("reaction_limit holds for forty at once", async () => {
    const { ada, grace } = workspace;
    const answers = await Promise.all(
      animals.flatMap((emoji) => [ada, grace].map((by) => react(by, message.id, emoji))),
    );
    expect(answers.filter(({ status }) => status !== 200).every(({ status }) => status === 409)).toBe(true);
    expect(await kindsFor(ada)).toHaveLength(20);
  });
});

describe("410", () => {
  it("message_deleted, whatever the action", async () => {
    const { ada, grace, stack } = workspace;
    await edit(ada, message.id, "Nothing");
    await deleteMessage(ada, message.id, "for_everyone");
    for (const action of ["toggle", "add", "remove"]) {
      const call = () => react(grace, message.id, "👍", action);
      await refuses(stack, ada, group.id, [ada, grace], call, "message_deleted");
    }
  });
});
