import type { Block, Conversation, Participant, User } from "../generated/client.js";
import type { CatchUp } from "./catch-up.js";
import type { Core } from "./core.js";
import { kept } from "./kept.js";
import { Memo, sameFields, sameItems } from "./memo.js";
import { open } from "./ranges.js";
import type { Presence } from "./state.js";
import type { ConversationList, MessageList, OutboxItem, ParticipantList, UnreadTotals } from "./types.js";
import { activityOf, conversationOf, firstUnreadAfter, messagesIn, participantsOf } from "./views.js";
import type { Windows } from "./windows.js";

const noMessages: MessageList = {
  items: [],
  hasOlder: false,
  hasNewer: false,
  isLoading: false,
  error: undefined,
  unsent: [],
  firstUnreadSeq: undefined,
};
const nobody: ParticipantList = { items: [], isComplete: false };

export interface SelectorsOptions {
  core: Core;
  windows: Windows;
  catchUp(): CatchUp | undefined;
  outbox(id: string): readonly OutboxItem[];
}

/** Reads the state as applications see it: the same objects for as long as nothing in them has changed. */
export class Selectors {
  readonly #options: SelectorsOptions;
  readonly #memo = new Memo();

  constructor(options: SelectorsOptions) {
    this.#options = options;
  }

  clear(): void {
    this.#memo.clear();
  }

  conversation(id: string): Conversation | undefined {
    const { core } = this.#options;
    const held = core.held(id);
    if (held === undefined) return undefined;
    const { state } = core;
    const users = held.shared.value.preview_ids.map((one) => state.users.get(one)?.value);
    return this.#memo.get(`conversation ${id}`, [held, ...users], (before?: Conversation) =>
      kept(before, conversationOf(state, held)),
    );
  }

  #all(): readonly Conversation[] {
    const { core } = this.#options;
    return this.#memo.get<readonly Conversation[]>("all", [core.version], (before) => {
      const items = [...core.state.conversations.keys()].flatMap((id) => this.conversation(id) ?? []);
      const latestFirst = (a: Conversation, b: Conversation): number => {
        const [left, right] = [activityOf(a) + a.id, activityOf(b) + b.id];
        return left < right ? 1 : left > right ? -1 : 0;
      };
      return sameItems(before, items.sort(latestFirst));
    });
  }

  conversations(filter: "active" | "archived" | "all"): ConversationList {
    const catchUp = this.#options.catchUp();
    const isComplete = catchUp?.isComplete === true;
    const isLoading = catchUp?.isRunning === true && !catchUp.isListed;
    const all = this.#all();
    return this.#memo.get<ConversationList>(`list ${filter}`, [all, isComplete, isLoading], (before) => {
      const isShown = ({ me }: Conversation) =>
        filter === "all" || (me.archived_at !== null) === (filter === "archived");
      return sameFields(before, { items: sameItems(before?.items, all.filter(isShown)), isComplete, isLoading });
    });
  }

  messages(id: string): MessageList {
    const { core, windows, outbox } = this.#options;
    const held = core.held(id);
    const { readSeq, isLoading, error } = windows.stateOf(id);
    const unsent = outbox(id);
    if (held === undefined) {
      if (!isLoading && error === undefined && unsent.length === 0) return noMessages;
      return this.#memo.get(`none ${id}`, [isLoading, error, unsent], () => ({
        ...noMessages,
        isLoading,
        error,
        unsent,
      }));
    }
    const { from, to } = windows.range(id, held);
    const inputs = [held, from, to, readSeq, isLoading, error, unsent];
    return this.#memo.get<MessageList>(`messages ${id}`, inputs, (before) => {
      const { user_id: userId, conversations } = core.state;
      const known = conversations.get(id) ?? held;
      return sameFields(before, {
        items: sameItems(before?.items, messagesIn(held, { from, to })),
        hasOlder: from > 1,
        hasNewer: to !== open,
        isLoading,
        error,
        unsent,
        firstUnreadSeq: readSeq === undefined ? undefined : firstUnreadAfter(userId, known, readSeq),
      });
    });
  }

  participants(id: string): ParticipantList {
    const { core } = this.#options;
    const held = core.held(id);
    if (held === undefined) return nobody;
    const { users } = core.state;
    const isComplete = held.participants_as_of >= 0;
    const inputs = [held.participants, held.reads, users, isComplete];
    return this.#memo.get<ParticipantList>(`participants ${id}`, inputs, (before) => {
      const known = new Map(before?.items.map((one) => [one.user.id, one]));
      const items = participantsOf(core.state, held).map((now): Participant => {
        const one = known.get(now.user.id);
        const isSame =
          one?.user === now.user &&
          one.role === now.role &&
          one.last_read_seq === now.last_read_seq &&
          one.joined_at === now.joined_at;
        return isSame ? one : now;
      });
      return sameFields(before, { items: sameItems(before?.items, items), isComplete });
    });
  }

  user(id: string): User | undefined {
    return this.#options.core.state.users.get(id)?.value;
  }

  presence(id: string): Presence | undefined {
    return this.#options.core.state.presence.get(id)?.value;
  }

  typing(id: string): readonly string[] {
    const users = this.#options.core.state.typing.get(id);
    return this.#memo.get<readonly string[]>(`typing ${id}`, [users], (before) =>
      sameItems(before, [...(users?.keys() ?? [])]),
    );
  }

  unread(): UnreadTotals {
    const all = this.#all();
    return this.#memo.get<UnreadTotals>("unread", [all], (before) => {
      const counts = all.map(({ me }) => me.unread_count).filter((count) => count > 0);
      const total = counts.reduce((sum, count) => sum + count, 0);
      return sameFields(before, { total, conversations: counts.length });
    });
  }

  blocks(): readonly Block[] {
    const { blocks, users } = this.#options.core.state;
    return this.#memo.get<readonly Block[]>("blocks", [blocks, users], (before) => {
      const known = new Map(before?.map((one) => [one.user.id, one]));
      const items = [...blocks].flatMap(([id, { value: created_at }]): Block[] => {
        const user = users.get(id)?.value;
        if (user === undefined || created_at === null) return [];
        const one = known.get(id);
        return [one?.user === user && one.created_at === created_at ? one : { user, created_at }];
      });
      return sameItems(before, items);
    });
  }
}
