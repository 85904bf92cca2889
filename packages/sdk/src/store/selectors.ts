import type { Block, Conversation, User } from "../generated/client.js";
import { kept } from "./kept.js";
import { Memo, sameFields, sameItems } from "./memo.js";
import type { StoreParts } from "./parts.js";
import { open } from "./ranges.js";
import type { Presence } from "./state.js";
import type { StoreReads } from "./store.interface.js";
import type { ConversationList, MessageList, OutboxItem, ParticipantList, UnreadTotals } from "./types.js";
import { activityOf, conversationOf, firstUnreadAfter, messagesIn, participantsOf } from "./views.js";

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

const noItems: readonly OutboxItem[] = [];

/** Reads the state as applications see it: the same objects for as long as nothing in them has changed. */
export class Selectors implements StoreReads {
  protected readonly parts: StoreParts;
  readonly #memo = new Memo();

  constructor(parts: StoreParts) {
    this.parts = parts;
  }

  protected clearSelected(): void {
    this.#memo.clear();
  }

  conversation(id: string): Conversation | undefined {
    const { core } = this.parts;
    const held = core.held(id);
    if (held === undefined) return undefined;
    const { state } = core;
    const users = held.shared.value.preview_ids.map((one) => state.users.get(one)?.value);
    return this.#memo.get(`conversation ${id}`, [held, ...users], (before?: Conversation) =>
      kept(before, conversationOf(state, held)),
    );
  }

  #all(): readonly Conversation[] {
    const { core } = this.parts;
    return this.#memo.get<readonly Conversation[]>("all", [core.version], (before) => {
      const items = [...core.state.conversations.keys()].flatMap((id) => this.conversation(id) ?? []);
      const latestFirst = (a: Conversation, b: Conversation): number => {
        const [left, right] = [activityOf(a) + a.id, activityOf(b) + b.id];
        return left < right ? 1 : left > right ? -1 : 0;
      };
      return sameItems(before, items.sort(latestFirst));
    });
  }

  conversations(filter: "active" | "archived" | "all" = "active"): ConversationList {
    const catchUp = this.parts.session?.catchUp;
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
    const { core, windows } = this.parts;
    const held = core.held(id);
    const { readSeq, isLoading, error } = windows.stateOf(id);
    const unsent = this.outbox(id);
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
    const { core } = this.parts;
    const held = core.held(id);
    if (held === undefined) return nobody;
    const { users } = core.state;
    const isComplete = held.participants_as_of >= 0;
    const inputs = [held.participants, held.reads, users, isComplete];
    return this.#memo.get<ParticipantList>(`participants ${id}`, inputs, (before) => {
      const known = new Map(before?.items.map((one) => [one.user.id, one]));
      const items = participantsOf(core.state, held).map((now) => sameFields(known.get(now.user.id), now));
      return sameFields(before, { items: sameItems(before?.items, items), isComplete });
    });
  }

  user(id: string): User | undefined {
    return this.parts.core.state.users.get(id)?.value;
  }

  presence(id: string): Presence | undefined {
    return this.parts.core.state.presence.get(id)?.value;
  }

  typing(id: string): readonly string[] {
    const users = this.parts.core.state.typing.get(id);
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
    const { blocks, users } = this.parts.core.state;
    return this.#memo.get<readonly Block[]>("blocks", [blocks, users], (before) => {
      const known = new Map(before?.map((one) => [one.user.id, one]));
      const items = [...blocks].flatMap(([id, { value: created_at }]): Block[] => {
        const user = users.get(id)?.value;
        return user === undefined || created_at === null ? [] : [sameFields(known.get(id), { user, created_at })];
      });
      return sameItems(before, items);
    });
  }

  outbox(id: string): readonly OutboxItem[] {
    return this.parts.session?.outbox.items(id) ?? noItems;
  }
}
