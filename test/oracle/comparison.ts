import type { Block, Conversation, Message, Participant } from "@vero/contracts";
import type { Person } from "../harness/people.js";
import { historyOf } from "../harness/workspace.js";
import type { Oracle } from "./oracle.js";
import type { OMessage, OUser } from "./state.js";
import { actualConversation, actualMessage, differences, expectedConversation, expectedMessage } from "./views.js";

export interface Ends {
  oracle: Oracle;
  personOf(user: OUser): Person;
  /** For each message, how often it had been changed when its change_seq was seen, and what that was. */
  versions: Map<string, { changes: number; change_seq: number }>;
}

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

async function walk<T>(person: Person, path: `/v1/chat/${string}`): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const more: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const { body }: { body: Page<T> } = await person.call<Page<T>>(`GET ${path}${more}`);
    all.push(...body.items);
    cursor = body.next_cursor;
  }
  return all;
}

interface Unread {
  items: { conversation_id: string; unread_count: number; last_read_seq: number }[];
  total_unread: number;
}

/** All lists that a user has of conversations. */
async function compareLists({ oracle, personOf }: Ends, user: OUser): Promise<string[]> {
  const person = personOf(user);
  const listed = oracle.listed(user);
  const isArchived = (one: (typeof listed)[number]) => oracle.membershipOf(user, one)?.isArchived === true;
  const all = await walk<Conversation>(person, "/v1/chat/conversations?filter=all&limit=5");
  const [active, archived] = await Promise.all(
    ["active", "archived"].map((filter) =>
      walk<Conversation>(person, `/v1/chat/conversations?limit=100&filter=${filter}`),
    ),
  );
  const { body: unread } = await person.call<Unread>("GET /v1/chat/conversations/unread");
  const blocks = await walk<Block>(person, "/v1/chat/blocks?limit=2");
  const withUnread = listed.filter((one) => oracle.unread(user, one) > 0);
  return differences(
    {
      all: listed.map((one) => expectedConversation(oracle, user, one)),
      active: listed.filter((one) => !isArchived(one)).map(({ id }) => id),
      archived: listed.filter(isArchived).map(({ id }) => id),
      unread: Object.fromEntries(
        withUnread.map((one) => [one.id, [oracle.unread(user, one), oracle.ownRead(user, one)]]),
      ),
      blocked: [...oracle.blockedBy(user)].map(({ id }) => id).sort(),
      total_unread: withUnread.reduce((total, one) => total + oracle.unread(user, one), 0),
    },
    {
      all: all.map(actualConversation),
      active: active?.map(({ id }) => id),
      archived: archived?.map(({ id }) => id),
      unread: Object.fromEntries(
        unread.items.map((item) => [item.conversation_id, [item.unread_count, item.last_read_seq]]),
      ),
      blocked: blocks.map((block) => block.user.id).sort(),
      total_unread: unread.total_unread,
    },
    `${user.name}: lists`,
  );
}

/** The change_seq of a message moves forward exactly when the message changes. */
function compareVersions({ versions }: Ends, expected: readonly OMessage[], actual: readonly Message[]): string[] {
  return expected.flatMap(({ changes }, index) => {
    const { id = "", change_seq = 0 } = actual[index] ?? {};
    const before = versions.get(id);
    versions.set(id, { changes, change_seq });
    const isRight =
      before === undefined ||
      (changes > before.changes ? change_seq > before.change_seq : change_seq === before.change_seq);
    return isRight
      ? []
      : [`${id}: change_seq ${before.change_seq}, then ${change_seq}, after ${changes - before.changes} changes`];
  });
}

/** The earlier texts of some messages: the newest of those that were edited, or deleted since. */
async function compareEdits({ personOf }: Ends, user: OUser, visible: readonly OMessage[]): Promise<string[]> {
  const some = visible.filter(({ isEdited }) => isEdited).slice(-3);
  const found = some.map(async ({ id, earlier }) => {
    const edits = await walk<{ text: string }>(personOf(user), `/v1/chat/messages/${id}/edits?limit=2`);
    return differences(
      earlier,
      edits.map(({ text }) => text),
      `${user.name}: edits of ${id}`,
    );
  });
  return (await Promise.all(found)).flat();
}

/** Compares the messages and participants that a user finds in each conversation, or does not find. */
async function compareContents(ends: Ends, user: OUser): Promise<string[]> {
  const { oracle, personOf } = ends;
  const person = personOf(user);
  const found: string[] = [];
  for (const conversation of oracle.conversations) {
    const at = `/v1/chat/conversations/${conversation.id}` as const;
    const where = `${user.name}: ${conversation.type} ${conversation.name ?? ""} ${conversation.id}`;
    const membership = oracle.membershipOf(user, conversation);
    // Those in the list have been compared there.
    if (membership === undefined || membership.isHidden) {
      const { status, body } = await person.call<Conversation & { code?: string }>(`GET ${at}`);
      found.push(
        ...(membership === undefined
          ? differences([404, "conversation_not_found"], [status, body.code], where)
          : differences(expectedConversation(oracle, user, conversation), actualConversation(body), where)),
      );
    }
    if (membership === undefined) continue;
    const visible = oracle.visible(user, conversation);
    const messages = await historyOf(person, conversation.id);
    found.push(...compareVersions(ends, visible, messages), ...(await compareEdits(ends, user, visible)));
    const participants = await walk<Participant>(person, `${at}/participants?limit=100`);
    found.push(
      ...differences(
        {
          messages: visible.map((message) => expectedMessage(oracle, user, message)),
          roles: Object.fromEntries(
            conversation.memberships.map((one) => [one.user.id, [one.role, oracle.shownRead(user, conversation, one)]]),
          ),
        },
        {
          messages: messages.map(actualMessage),
          roles: Object.fromEntries(
            participants.map(({ user: { id }, role, last_read_seq }) => [id, [role, last_read_seq]]),
          ),
        },
        where,
      ),
    );
  }
  return found;
}

/** Finds what the user sees, and nothing else: the numbers that the newest texts have, whoever may see these. */
async function compareSearch({ oracle, personOf }: Ends, user: OUser): Promise<string[]> {
  const said = oracle.conversations.flatMap(({ messages }) => messages.filter(({ text }) => text !== null));
  const numbers = oracle.conversations.flatMap(({ messages }) => /\d{3}$/.exec(messages.at(-1)?.text ?? "") ?? []);
  const found = numbers.slice(0, 4).map(async (number) => {
    const has = ({ text }: OMessage) => text?.split(" ").includes(number) === true;
    const hits = await walk<{ message: Message }>(personOf(user), `/v1/chat/messages/search?q=${number}&limit=20`);
    return differences(
      said
        .filter((message) => has(message) && oracle.sees(user, message))
        .map(({ id }) => id)
        .sort(),
      hits.map(({ message }) => message.id).sort(),
      `${user.name}: search for ${number}`,
    );
  });
  return (await Promise.all(found)).flat();
}

/** Everything that each of the users can see, against what the oracle says they see. */
export async function compare(ends: Ends): Promise<string[]> {
  const all = await Promise.all(
    ends.oracle.users.map(async (user) => [
      ...(await compareLists(ends, user)),
      ...(await compareContents(ends, user)),
      ...(await compareSearch(ends, user)),
    ]),
  );
  return all.flat();
}
