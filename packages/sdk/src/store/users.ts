import type { Block, User } from "../generated/client.js";
import { kept } from "./kept.js";
import { type Presence, type Stamped, type State, withEntry, withoutEntry } from "./state.js";

/** Takes over a value that is known from a later time; an equal one stays the same object. */
function putStamped<T>(map: ReadonlyMap<string, Stamped<T>>, key: string, { value, stamp }: Stamped<T>): typeof map {
  const before = map.get(key);
  if (before === undefined) return withEntry(map, key, { value, stamp });
  return before.stamp >= stamp ? map : withEntry(map, key, { value: kept(before.value, value), stamp });
}

/** A profile shows the presence that is known, which has a time of its own. */
const present = (user: User, presence: Presence | undefined): User =>
  presence === undefined ? user : { ...user, is_online: presence.is_online, last_seen_at: presence.last_seen_at };

/** Takes over profiles, and the presence that they carry. */
export function putUsers(state: State, given: readonly User[], stamp: number): State {
  const news = given.filter(({ id }) => (state.users.get(id)?.stamp ?? -1) < stamp);
  if (news.length === 0) return state;
  const users = new Map(state.users);
  let { presence } = state;
  for (const user of news) {
    const { id, is_online, last_seen_at } = user;
    const availability = is_online ? presence.get(id)?.value.availability : undefined;
    presence = putStamped(presence, id, { value: { is_online, last_seen_at, availability }, stamp });
    const value = kept(users.get(id)?.value, present(user, presence.get(id)?.value));
    users.set(id, { value, stamp });
  }
  return { ...state, users, presence };
}

/** Takes over the profiles of those who take part, or are blocked. */
export const putUsersOf = (state: State, given: readonly { user: User }[], stamp: number): State =>
  putUsers(
    state,
    given.map(({ user }) => user),
    stamp,
  );

export function putPresence(state: State, userId: string, value: Presence, stamp: number): State {
  const presence = putStamped(state.presence, userId, { value, stamp });
  const user = state.users.get(userId);
  if (presence === state.presence || user === undefined) return { ...state, presence };
  const now = { ...user, value: kept(user.value, present(user.value, value)) };
  return { ...state, presence, users: withEntry(state.users, userId, now) };
}

/** Takes over that a user is blocked, since a time, or that they are not any more. */
export const putBlock = (state: State, userId: string, since: string | null, stamp: number): State => ({
  ...state,
  blocks: putStamped(state.blocks, userId, { value: since, stamp }),
});

/** Takes over blocks, and the profiles that they carry. */
export const addBlocks = (before: State, blocks: readonly Block[], stamp: number): State =>
  blocks.reduce(
    (state, { user, created_at }) => putBlock(state, user.id, created_at, stamp),
    putUsersOf(before, blocks, stamp),
  );

/** Takes over all blocks there are. */
export function putBlocks(before: State, blocks: readonly Block[], stamp: number): State {
  const listed = new Set(blocks.map(({ user }) => user.id));
  let state = addBlocks(before, blocks, stamp);
  for (const id of before.blocks.keys()) if (!listed.has(id)) state = putBlock(state, id, null, stamp);
  return state;
}

/** Notes that a user is typing until a time, or not any more. */
export function putTyping(state: State, id: string, userId: string, until: number | undefined): State {
  const before = state.typing.get(id) ?? new Map<string, number>();
  const now = until === undefined ? withoutEntry(before, userId) : withEntry(before, userId, until);
  if (now === before) return state;
  return {
    ...state,
    typing: now.size === 0 ? withoutEntry(state.typing, id) : withEntry(state.typing, id, now),
  };
}

/** Drops those whose typing has expired. */
export function expireTyping(before: State, now: number): State {
  let state = before;
  for (const [id, users] of before.typing) {
    for (const [userId, until] of users) if (until <= now) state = putTyping(state, id, userId, undefined);
  }
  return state;
}
