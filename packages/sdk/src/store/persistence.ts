import { keepNewest, latest } from "./evict.js";
import { emptyState, type Held, type Stamped, type State } from "./state.js";
import type { StoreStorage } from "./storage.js";
import type { OutboxItem } from "./types.js";

/** Changes within this time are written together, in milliseconds. */
const delayMs = 300;
/** Changes with the form of what is kept: what another version has kept is not read. */
const version = 1;

/** A conversation made of JSON. */
type StoredHeld = Omit<Held, MapField> & Record<MapField, unknown[]>;
type MapField = (typeof mapFields)[number];

interface StoredRest {
  version: number;
  cursor: string;
  users: [string, State["users"] extends ReadonlyMap<string, infer V> ? V : never][];
  blocks: [string, Stamped<string | null>][];
  /** Whether all conversations of the list are kept. */
  isComplete: boolean;
}

const mapFields = ["reactions", "hidden", "participants", "reads"] as const;

/** Answers the fields that are maps, each changed. */
const changeMaps = <T>(from: Held | StoredHeld, how: (entries: Iterable<never>) => T): Record<MapField, T> =>
  Object.fromEntries(mapFields.map((name) => [name, how(from[name] as Iterable<never>)])) as Record<MapField, T>;

const pack = (held: Held): StoredHeld => ({ ...held, ...changeMaps(held, (entries) => [...entries]) });

/** What was kept is older than all that this store will hear. */
const unpack = (stored: StoredHeld): Held => ({
  ...stored,
  shared: { ...stored.shared, stamp: 0 },
  own: { ...stored.own, stamp: 0 },
  unread: { ...stored.unread, stamp: 0 },
  stamp: 0,
  ...changeMaps(stored, (entries) => new Map<never, never>(entries)),
});

const aged = <T>(entries: readonly [string, Stamped<T>][]): Map<string, Stamped<T>> =>
  new Map(entries.map(([key, { value }]) => [key, { value, stamp: 0 }]));

export interface Restored {
  state: State;
  outbox: OutboxItem[];
  isComplete: boolean;
}

export interface PersistenceOptions {
  storage: StoreStorage;
  userId: string;
  limits: { storedConversations: number; storedMessages: number };
  /** Answers what is to be kept. */
  current(): { state: State; isComplete: boolean };
  /** Called with the error when the storage has failed, and with undefined when it works again. */
  onOutcome(error: unknown): void;
}

/** Keeps the state and the outbox of one user: everything has the user in its key. */
export class Persistence {
  readonly #options: PersistenceOptions;
  readonly #prefix: string;
  #kept = new Map<string, Held>();
  #keptRest: readonly unknown[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: PersistenceOptions) {
    this.#options = options;
    this.#prefix = `${options.userId}/`;
  }

  /** Answers what was kept; nothing where the storage fails. */
  async restore(): Promise<Restored> {
    const { userId, storage, onOutcome } = this.#options;
    const nothing = { state: emptyState(userId), outbox: [], isComplete: false };
    try {
      const entries = new Map(await storage.read(this.#prefix));
      onOutcome(undefined);
      const under = <T>(folder: string): T[] =>
        [...entries].flatMap(([key, value]) => (key.startsWith(this.#prefix + folder) ? [value as T] : []));
      const outbox = under<OutboxItem>("outbox/");
      const rest = entries.get(`${this.#prefix}rest`) as StoredRest | undefined;
      if (rest?.version !== version) return { ...nothing, outbox };
      const conversations = new Map(
        under<StoredHeld>("conversations/").map((one) => [one.shared.value.id, unpack(one)]),
      );
      this.#kept = new Map(conversations);
      // Who was online then is not known to be now.
      const users = aged(
        rest.users.map(([id, { value }]) => [id, { value: { ...value, is_online: false }, stamp: 0 }]),
      );
      const presence = new Map<string, never>();
      const cursor = { value: rest.cursor, stamp: 0 };
      const state = { ...emptyState(userId), conversations, users, presence, blocks: aged(rest.blocks), cursor };
      return { state, outbox, isComplete: rest.isComplete };
    } catch (error) {
      onOutcome(error);
      return nothing;
    }
  }

  /** Writes soon what has changed. */
  changed(): void {
    this.#timer ??= setTimeout(() => void this.flush(), delayMs);
  }

  /** Writes what has changed. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // As it is now: a store that is closed has nothing a moment later.
    const now = this.#options.current();
    return this.#next(() => this.#writeState(now));
  }

  /** Keeps a message that is not sent yet, or forgets it. */
  keep(clientMessageId: string, item: OutboxItem | undefined): Promise<void> {
    return this.#next(() => this.#options.storage.write([[`${this.#prefix}outbox/${clientMessageId}`, item]]));
  }

  /** Forgets all that was kept for this user. */
  clear(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#next(async () => {
      const { storage } = this.#options;
      const keys = (await storage.read(this.#prefix)).map(([key]) => key);
      await storage.write(keys.map((key) => [key, undefined] as const));
      this.#kept.clear();
      this.#keptRest = [];
    });
  }

  /** Does one thing after the other, and says how it went. */
  #next(write: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      try {
        await write();
        this.#options.onOutcome(undefined);
      } catch (error) {
        this.#options.onOutcome(error);
      }
    });
    return this.#writing;
  }

  async #writeState({ state, isComplete }: ReturnType<PersistenceOptions["current"]>): Promise<void> {
    const { storage, limits } = this.#options;
    const { cursor, users, blocks, conversations } = state;
    if (cursor.value === undefined) return;
    const due = latest(conversations, limits.storedConversations);
    const entries: [string, unknown][] = [];
    for (const [id, held] of due) {
      if (this.#kept.get(id) === held) continue;
      entries.push([
        `${this.#prefix}conversations/${id}`,
        pack(keepNewest(state.user_id, held, limits.storedMessages)),
      ]);
    }
    for (const id of this.#kept.keys())
      if (!due.has(id)) entries.push([`${this.#prefix}conversations/${id}`, undefined]);
    const isWhole = isComplete && due.size === conversations.size;
    const rest = [cursor.value, users, blocks, isWhole];
    if (entries.length === 0 && rest.every((one, index) => one === this.#keptRest[index])) return;
    const stored: StoredRest = {
      version,
      cursor: cursor.value,
      users: [...users],
      blocks: [...blocks],
      isComplete: isWhole,
    };
    // In one piece: a cursor that is ahead of a conversation would overlook what lies between.
    await storage.write([...entries, [`${this.#prefix}rest`, stored]]);
    this.#kept = due;
    this.#keptRest = rest;
  }
}
