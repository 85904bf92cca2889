import { AppError } from "@vero/contracts";
import {
  type Database,
  deleteSessionsExpiredBefore,
  type Executor,
  extendSession,
  getSession,
  getUser,
  insertSession,
  listUserSessions,
  lockSession,
  revokeSession,
  revokeUserSessions,
  rotateSession,
  type SessionRow,
} from "@vero/db";
import { type Actor, type Actors, type Bus, channelOf, decodeCursor, pageOf } from "@vero/server";
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from "lucia";
import { z } from "zod";
import { hashOf, judge, type RefreshTokens } from "./refresh-tokens.service.js";

export type Owner = Pick<Actor, "tenant_id" | "user_id">;

/** Where a sign-in or a refresh came from; shown to the user beside the session. */
export interface Origin {
  ip: string;
  user_agent: string | null;
}

type OwnAttributes = Pick<SessionRow, "refresh_hash" | "ends_at" | "ip" | "user_agent">;

declare module "lucia" {
  interface Register {
    DatabaseSessionAttributes: OwnAttributes;
  }
}

const idleFor = new TimeSpan(14, "d");
const livesFor = new TimeSpan(60, "d");
const after = (span: TimeSpan): Date => new Date(Date.now() + span.milliseconds());
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** lucia knows users by one string; ours have two ids. */
const keyOf = ({ tenant_id, user_id }: Owner): string => `${tenant_id}/${user_id}`;
const ownerOf = (key: string): Owner => {
  const [tenant_id = "", user_id = ""] = key.split("/");
  return { tenant_id, user_id };
};

const toLucia = ({ id, expires_at, refresh_hash, ends_at, ip, user_agent, ...owner }: SessionRow): DatabaseSession => ({
  id,
  userId: keyOf(owner),
  expiresAt: earlier(expires_at, ends_at),
  attributes: { refresh_hash, ends_at, ip, user_agent },
});

/** What lucia calls deleting is revoking here: the row stays until it would have expired. */
function adapterOn(db: Executor, spare: string | null, onEnded: (ids: string[]) => void): Adapter {
  const ended = (rows: { id: string }[]) => onEnded(rows.map((row) => row.id));
  return {
    async getSessionAndUser(id) {
      const row = await getSession(db, id);
      if (row === undefined || row.revoked_at !== null) return [null, null];
      const user = await getUser(db, row.tenant_id, row.user_id);
      const isActive = user !== undefined && user.deactivated_at === null;
      return [toLucia(row), isActive ? { id: keyOf(row), attributes: {} } : null];
    },
    async getUserSessions(key) {
      const { tenant_id, user_id } = ownerOf(key);
      return (await listUserSessions(db, tenant_id, user_id, { limit: 1000 })).map(toLucia);
    },
    setSession: ({ id, userId, expiresAt, attributes }) =>
      insertSession(db, { id, ...ownerOf(userId), expires_at: expiresAt, ...attributes }),
    updateSessionExpiration: (id, expiresAt) => extendSession(db, id, expiresAt),
    async deleteSession(id) {
      const row = await getSession(db, id);
      if (row !== undefined) ended(await revokeSession(db, row.tenant_id, row.user_id, id));
    },
    async deleteUserSessions(key) {
      const { tenant_id, user_id } = ownerOf(key);
      ended(await revokeUserSessions(db, tenant_id, user_id, spare));
    },
    deleteExpiredSessions: () => deleteSessionsExpiredBefore(db, new Date()),
  };
}

/** lucia has no notion of a transaction, so there is one of it for each. */
const luciaOn = (db: Executor, spare: string | null = null, onEnded: (ids: string[]) => void = () => {}) =>
  new Lucia(adapterOn(db, spare, onEnded), { sessionExpiresIn: idleFor });

const sessionView = (actor: Actor) => (row: SessionRow) => ({
  id: row.id,
  is_current: row.id === actor.session_id,
  ip: row.ip,
  user_agent: row.user_agent,
  created_at: row.created_at.toISOString(),
  last_used_at: row.rotated_at.toISOString(),
  expires_at: earlier(row.expires_at, row.ends_at).toISOString(),
});

const cursorKey = z.tuple([z.int().min(0).max(4e12), z.string().regex(/^[\w-]{1,64}$/)]);

export interface SessionsDeps {
  database: Database;
  bus: Pick<Bus, "publish">;
  actors: Pick<Actors, "forget">;
  refreshTokens: RefreshTokens;
}

export type Sessions = ReturnType<typeof createSessions>;

export function createSessions({ database, bus, actors, refreshTokens }: SessionsDeps) {
  /** To be called after the commit; the nodes would find out by themselves, only later. */
  function announceEnd(owner: Owner, ids: readonly string[], reason: "session_revoked" | "user_deactivated"): void {
    if (ids.length === 0) return;
    for (const id of ids) actors.forget(id);
    bus.publish(channelOf.user(owner.user_id), {
      type: "session.revoked",
      tenant_id: owner.tenant_id,
      user_id: owner.user_id,
      at: new Date().toISOString(),
      data: { session_ids: ids, reason },
    });
  }

  async function end(owner: Owner, id: string): Promise<boolean> {
    const ended = await revokeSession(database.executor, owner.tenant_id, owner.user_id, id);
    announceEnd(
      owner,
      ended.map((row) => row.id),
      "session_revoked",
    );
    return ended.length > 0;
  }

  return {
    announceEnd,

    async open(tx: Executor, owner: Owner, { ip, user_agent }: Origin) {
      const secret = refreshTokens.firstSecret();
      const attributes = { refresh_hash: hashOf(secret), ends_at: after(livesFor), ip, user_agent };
      const session = await luciaOn(tx).createSession(keyOf(owner), attributes);
      return {
        session_id: session.id,
        refresh_token: refreshTokens.write({ session_id: session.id, generation: 0, secret }),
      };
    },

    /** Swaps a refresh token for its successor. */
    async renew(text: string, { ip, user_agent }: Origin) {
      const token = refreshTokens.read(text);
      if (token === undefined) throw new AppError("invalid_refresh_token");
      const next = refreshTokens.successorOf(token);
      // Nothing is thrown inside: the revocation that a reused token brings about must be committed.
      const { row, verdict } = await database.transaction(async (tx) => {
        const row = await lockSession(tx, token.session_id);
        const { session } = await luciaOn(tx).validateSession(token.session_id);
        if (row === undefined || session === null) return { verdict: "unknown" as const };
        const verdict = judge(token, row);
        if (verdict === "reused") await luciaOn(tx).invalidateSession(row.id);
        if (verdict === "current") {
          await rotateSession(tx, row.id, {
            generation: next.generation,
            refresh_hash: hashOf(next.secret),
            previous_hash: row.refresh_hash,
            // lucia moves the end in the second half of the period only; fourteen idle days start at every use.
            expires_at: earlier(after(idleFor), row.ends_at),
            ip,
            user_agent,
          });
        }
        return { row, verdict };
      });
      if (row === undefined || verdict === "unknown") throw new AppError("invalid_refresh_token");
      const owner = { tenant_id: row.tenant_id, user_id: row.user_id };
      if (verdict === "reused") {
        announceEnd(owner, [row.id], "session_revoked");
        throw new AppError("token_reused");
      }
      return { ...owner, session_id: row.id, refresh_token: refreshTokens.write(next) };
    },

    /** Locked, so that it stays so until the transaction ends. */
    async isAlive(tx: Executor, actor: Actor): Promise<boolean> {
      const row = await lockSession(tx, actor.session_id);
      return row !== undefined && row.revoked_at === null;
    },

    /** All of a user's, or all but one. The caller announces what it answers once it is committed. */
    async endAll(tx: Executor, owner: Owner, spare: string | null): Promise<string[]> {
      const ended: string[] = [];
      await luciaOn(tx, spare, (ids) => ended.push(...ids)).invalidateUserSessions(keyOf(owner));
      return ended;
    },

    async list(actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
      const key = decodeCursor(cursorKey, cursor);
      const rows = await listUserSessions(database.executor, actor.tenant_id, actor.user_id, {
        limit: limit + 1,
        ...(key === undefined ? {} : { before: { created_at: new Date(key[0]), id: key[1] } }),
      });
      return pageOf(rows, limit, sessionView(actor), (row) => [row.created_at.getTime(), row.id]);
    },

    async revoke(actor: Actor, id: string): Promise<void> {
      if (!(await end(actor, id))) throw new AppError("session_not_found");
    },

    /** Twice is as good as once. */
    async revokeCurrent(actor: Actor): Promise<void> {
      await end(actor, actor.session_id);
    },

    /** Forgets the expired ones. */
    purge: (): Promise<void> => luciaOn(database.executor).deleteExpiredSessions(),
  };
}
