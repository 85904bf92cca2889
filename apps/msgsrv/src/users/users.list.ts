import type { msgsrvContract } from "@vero/contracts";
import {
  type Database,
  listUsers,
  listUsersWithPhone,
  nameKeyOf,
  nameQueryOf,
  prepareLikeness,
  searchUsers,
  setStatementTimeout,
  trigramKey,
} from "@vero/db";
import { type Actor, decodeCursor, e164Of, pageOf, toUser } from "@vero/server";
import { z } from "zod";
import { placeKey, placeOf } from "../views/users.view.js";

type Contract = typeof msgsrvContract.users;
type ListInput = z.output<Contract["list"]["input"]>;
type SearchInput = z.output<Contract["search"]["input"]>;

/** What a search may take of the database's time, in milliseconds. */
const statementTimeoutMs = 2_000;

/** How well the last item fits, and where it stands among its equals. */
const rankKey = z.tuple([z.int().min(0).max(2_000), placeKey]);

/** Nobody is called like that: it is the whole number or nothing. Address books add marks of direction. */
function phoneIn(q: string): string | undefined {
  const text = q
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .trim();
  return /^\+[\d\s()./\p{Pd}]+$/u.test(text) ? text : undefined;
}

/** Of fewer letters half are those of too many names. */
const shortestMistyped = 3;

const nobody = { items: [], next_cursor: null };

export type UsersService = ReturnType<typeof createUsers>;

/** Whom one may find in the workspace. */
export function createUsers({ database }: { database: Database }) {
  async function withPhone(actor: Actor, written: string, { cursor, limit }: SearchInput) {
    const after = decodeCursor(placeKey, cursor);
    const phone = e164Of(written);
    if (phone === undefined) return nobody;
    const page = { ...(after && { after: placeOf(after) }), limit: limit + 1 };
    const rows = await listUsersWithPhone(database.executor, actor.tenant_id, actor.user_id, phone, page);
    return pageOf(rows, limit, toUser, ({ name, id }) => [name, id]);
  }

  async function withName(actor: Actor, { q, cursor, limit }: SearchInput) {
    const [rank, place] = decodeCursor(rankKey, cursor) ?? [];
    const query = nameQueryOf(q);
    if (query === undefined) return nobody;
    const rows = await database.snapshot(async (tx) => {
      await setStatementTimeout(tx, statementTimeoutMs);
      const likeness = trigramKey(q);
      const mayBeMistyped = likeness.length >= shortestMistyped && (await prepareLikeness(tx));
      return searchUsers(tx, actor.tenant_id, actor.user_id, {
        query,
        key: nameKeyOf(q),
        ...(mayBeMistyped && { likeness }),
        ...(rank !== undefined && place && { after: { rank, ...placeOf(place) } }),
        limit: limit + 1,
      });
    });
    return pageOf(rows, limit, toUser, ({ rank, name, id }) => [rank, [name, id]]);
  }

  return {
    async list(actor: Actor, { q, cursor, limit }: ListInput) {
      const after = decodeCursor(placeKey, cursor);
      const page = { ...(after && { after: placeOf(after) }), limit: limit + 1 };
      const { tenant_id, user_id } = actor;
      const rows =
        q === undefined
          ? await listUsers(database.executor, tenant_id, user_id, page)
          : await database.snapshot(async (tx) => {
              await setStatementTimeout(tx, statementTimeoutMs);
              return listUsers(tx, tenant_id, user_id, { ...page, q });
            });
      return pageOf(rows, limit, toUser, ({ name, id }) => [name, id]);
    },

    search(actor: Actor, input: SearchInput) {
      const phone = phoneIn(input.q);
      return phone === undefined ? withName(actor, input) : withPhone(actor, phone, input);
    },
  };
}
