import type { msgsrvContract } from "@vero/contracts";
import {
  type Database,
  listUsers,
  listUsersWithPhone,
  nameKeyOf,
  nameQueryOf,
  prepareTrigramSearch,
  searchUsers,
  setSearchSettings,
  trigramKey,
} from "@vero/db";
import { type Actor, e164Of, listCursor, toUser } from "@vero/server";
import { z } from "zod";
import { nameKey } from "../views/users.view.js";

type Contract = typeof msgsrvContract.users;
type ListInput = z.output<Contract["list"]["input"]>;
type SearchInput = z.output<Contract["search"]["input"]>;

/** The statement timeout of a search, in milliseconds. */
const statementTimeoutMs = 2_000;

const byName = listCursor("users.list", nameKey);
const withPhoneByName = listCursor("users.search:exact", nameKey);
/** The best matches come first, and those of one rank by their names. */
const byRank = listCursor("users.search:name", { rank: z.int().min(0).max(2_000), ...nameKey });

/**
 * Returns the phone number in a search, which is looked up as a whole. Address books add marks of direction to numbers.
 */
function phoneIn(q: string): string | undefined {
  const text = q
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .trim();
  return /^\+[\d\s()./\p{Pd}]+$/u.test(text) ? text : undefined;
}

/** The shortest text that is searched by similarity: half of the letters of a shorter one are in too many names. */
const shortestMistyped = 3;

const keyOf = ({ name, id }: { name: string; id: string }) => ({ name, id });

const nobody = { items: [], next_cursor: null };

export type UsersService = ReturnType<typeof createUsers>;

/** Creates the service that lists and searches the users of a workspace. */
export function createUsers({ database }: { database: Database }) {
  async function withPhone(actor: Actor, written: string, { cursor, limit }: SearchInput) {
    const page = withPhoneByName.query({ limit, cursor });
    const phone = e164Of(written);
    if (phone === undefined) return nobody;
    const rows = await listUsersWithPhone(database.executor, actor, phone, page);
    return withPhoneByName.page(rows, { limit, view: toUser, keyOf });
  }

  async function withName(actor: Actor, { q, cursor, limit }: SearchInput) {
    const page = byRank.query({ limit, cursor });
    const query = nameQueryOf(q);
    if (query === undefined) return nobody;
    const rows = await database.snapshot(async (tx) => {
      await setSearchSettings(tx, statementTimeoutMs);
      const trigrams = trigramKey(q);
      const mayBeMistyped = trigrams.length >= shortestMistyped && (await prepareTrigramSearch(tx));
      return searchUsers(tx, actor, {
        query,
        key: nameKeyOf(q),
        ...(mayBeMistyped && { trigrams }),
        ...page,
      });
    });
    return byRank.page(rows, { limit, view: toUser, keyOf: ({ rank, name, id }) => ({ rank, name, id }) });
  }

  return {
    async list(actor: Actor, { q, cursor, limit }: ListInput) {
      const page = byName.query({ limit, cursor });
      const rows =
        q === undefined
          ? await listUsers(database.executor, actor, page)
          : await database.snapshot(async (tx) => {
              await setSearchSettings(tx, statementTimeoutMs);
              return listUsers(tx, actor, { ...page, q });
            });
      return byName.page(rows, { limit, view: toUser, keyOf });
    },

    search(actor: Actor, input: SearchInput) {
      const phone = phoneIn(input.q);
      return phone === undefined ? withName(actor, input) : withPhone(actor, phone, input);
    },
  };
}
