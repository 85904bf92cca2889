import { AppError } from "@vero/contracts";
import {
  type Database,
  deleteExpiredSessions,
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
  type TimedSessionRow,
} from "@vero/db";
import { type Actor, type Actors, type CallContext, listCursor, logSecurityEvent } from "@vero/server";
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from "lucia";
import { z } from "zod";
import type { PublishEvent } from "../events/events.publisher.js";
import { classify, hashOf, type RefreshTokens } from "./refresh-tokens.service.js";

export type Owner = Pick<Actor, "tenant_id" | "user_id">;

/** The origin of a call: shown to the user beside the session, and written into the security log. */
export type Origin = Pick<CallContext, "ip" | "user_agent" | "log">;

type OwnAttributes = Pick<SessionRow, "refresh_hash" | "ip" | "user_agent">;

declare module "lucia" {
  interface Register {
    DatabaseSessionAttributes: OwnAttributes;
  }
}

const idleFor = new TimeSpan(14, "d");
/** How long a session lasts without use, and at most, by the clock of the database, which all nodes share. */
const span = { idleSeconds: idleFor.seconds(), lifeSeconds: new TimeSpan(60, "d").seconds() };
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** Joins the two ids of a user, because lucia knows users by one string. */
const keyOf = ({ tenant_id, user_id }: Owner): string => `${tenant_id}/${user_id}`;
const ownerOf = (key: string): Owner => {
  const [tenant_id = "", user_id = ""] = key.split("/");
  return { tenant_id, user_id };
};

/**
 * Converts a row for lucia, which compares the expiry with the clock of this machine; so the time that remains is added
 * to that clock.
 */
const toLucia = ({ id, remaining_ms, refresh_hash, ip, user_agent, ...owner }: TimedSessionRow): DatabaseSession => ({
  id,
  userId: keyOf(owner),
  expiresAt: new Date(Date.now() + remaining_ms),
  attributes: { refresh_hash, ip, user_agent },
});

/**
 * Adapts lucia to the table of sessions. Sessions that lucia deletes are revoked: their rows stay until they would have
 * expired.
 */
function adapterOn(db: Executor, exceptSessionId: string | null, onEnded: (ids: string[]) => void): Adapter {
  const ended = (rows: { id: string }[]) => onEnded(rows.map((row) => row.id));
  return {
    async getSessionAndUser(id) {
      const row = await getSession(db, id);
      if (row === undefined || row.revoked_at !== null) return [null, null];
      const user = await getUser(db, row);
      const isActive = user !== undefined && user.deactivated_at === null;
      return [toLucia(row), isActive ? { id: keyOf(row), attributes: {} } : null];
    },
    async getUserSessions(key) {
      return (await listUserSessions(db, ownerOf(key), { limit: 1000 })).map(toLucia);
    },
    setSession: ({ id, userId, attributes }) => insertSession(db, { id, ...ownerOf(userId), ...attributes }, span),
    updateSessionExpiration: (id) => extendSession(db, id, span),
    async deleteSession(id) {
      const row = await getSession(db, id);
      if (row !== undefined) ended(await revokeSession(db, { ...ownerOf(keyOf(row)), session_id: id }));
    },
    async deleteUserSessions(key) {
      ended(await revokeUserSessions(db, ownerOf(key), { exceptSessionId }));
    },
    deleteExpiredSessions: () => deleteExpiredSessions(db),
  };
}

/** Creates a lucia instance for one executor, which may be a transaction: lucia itself knows none. */
const luciaOn = (db: Executor, exceptSessionId: string | null = null, onEnded: (ids: string[]) => void = () => {}) =>
  new Lucia(adapterOn(db, exceptSessionId, onEnded), { sessionExpiresIn: idleFor });

const sessionView = (actor: Actor) => (row: SessionRow) => ({
  id: row.id,
  is_current: row.id === actor.session_id,
  ip: row.ip,
  user_agent: row.user_agent,
  created_at: row.created_at.toISOString(),
  last_used_at: row.rotated_at.toISOString(),
  expires_at: earlier(row.expires_at, row.ends_at).toISOString(),
});

const newestFirst = listCursor("auth.list_sessions", {
  created_ms: z.int().min(0).max(4e12),
  id: z.string().regex(/^[\w-]{1,64}$/),
});

/** Logs and returns the refusal of a token that we did not make, or of a session that has ended. */
function refused(origin: Origin, facts: { session_id?: string }): AppError {
  const reason = "invalid_refresh_token";
  logSecurityEvent(origin, "auth.failed", { ...facts, reason });
  return new AppError(reason);
}

export interface SessionsDeps {
  database: Database;
  publish: PublishEvent;
  actors: Pick<Actors, "forget">;
  refreshTokens: RefreshTokens;
}

export type Sessions = ReturnType<typeof createSessions>;

export function createSessions({ database, publish, actors, refreshTokens }: SessionsDeps) {
  /**
   * Publishes and logs that sessions have ended, and drops their cached state; called after the commit. Without the
   * event, other nodes find out from the database, only later.
   */
  function announceEnd(
    owner: Owner,
    ids: readonly string[],
    reason: "session_revoked" | "user_deactivated",
    origin: Origin,
  ): void {
    if (ids.length === 0) return;
    for (const id of ids) actors.forget(id);
    logSecurityEvent(origin, "session.revoked", { ...owner, session_ids: ids, reason });
    const at = new Date().toISOString();
    const data = { session_ids: ids, reason };
    publish({
      to: "user",
      user_id: owner.user_id,
      event: { type: "session.revoked", tenant_id: owner.tenant_id, at, data },
    });
  }

  async function end({ tenant_id, user_id }: Owner, id: string, origin: Origin): Promise<boolean> {
    const ended = await revokeSession(database.executor, { tenant_id, user_id, session_id: id });
    const ids = ended.map((row) => row.id);
    announceEnd({ tenant_id, user_id }, ids, "session_revoked", origin);
    return ended.length > 0;
  }

  return {
    announceEnd,

    async open(tx: Executor, owner: Owner, { ip, user_agent }: Origin) {
      const secret = refreshTokens.firstSecret();
      const attributes = { refresh_hash: hashOf(secret), ip, user_agent };
      const session = await luciaOn(tx).createSession(keyOf(owner), attributes);
      return {
        session_id: session.id,
        generation: 0,
        refresh_token: refreshTokens.write({ session_id: session.id, generation: 0, secret }),
      };
    },

    /** Swaps a refresh token for its successor; a reused one ends its session. */
    async renew(text: string, origin: Origin) {
      const { ip, user_agent } = origin;
      const token = refreshTokens.read(text);
      if (token === undefined) throw refused(origin, {});
      const derived = refreshTokens.successorOf(token);
      // Nothing is thrown inside the transaction, because the revocation after a reused token must be committed.
      const { row, verdict, next } = await database.transaction(async (tx) => {
        const row = await lockSession(tx, token.session_id);
        const { session } = await luciaOn(tx).validateSession(token.session_id);
        if (row === undefined || session === null) return { verdict: "unknown" as const };
        const verdict = classify(token, row);
        if (verdict === "repeated")
          return { row, verdict, next: refreshTokens.knownSuccessorOf(token, row.refresh_hash) };
        if (verdict === "reused") await luciaOn(tx).invalidateSession(row.id);
        if (verdict === "current") {
          const { generation, secret } = derived;
          const hashes = { refresh_hash: hashOf(secret), previous_hash: row.refresh_hash };
          // lucia extends a session only in the second half of its period, but the fourteen days without use start at
          // every use.
          await rotateSession(tx, row.id, { generation, ...hashes, ip, user_agent }, span);
        }
        return { row, verdict, next: derived };
      });
      // There is no successor where it was derived from a secret that this process does not have.
      if (row === undefined || next === undefined || verdict === "unknown") {
        throw refused(origin, { session_id: token.session_id });
      }
      const owner = { tenant_id: row.tenant_id, user_id: row.user_id };
      if (verdict === "reused") {
        logSecurityEvent(origin, "auth.token_reused", { ...owner, session_id: row.id });
        announceEnd(owner, [row.id], "session_revoked", origin);
        throw new AppError("token_reused");
      }
      return {
        ...owner,
        session_id: row.id,
        generation: next.generation,
        refresh_token: refreshTokens.write(next),
      };
    },

    /** Tells whether the session is not revoked, and locks it, so that this holds until the transaction ends. */
    async isAlive(tx: Executor, actor: Actor): Promise<boolean> {
      const row = await lockSession(tx, actor.session_id);
      return row !== undefined && row.revoked_at === null;
    },

    /**
     * Ends all sessions of a user, except for `exceptSessionId`. The caller passes the returned ids to `announceEnd` once the
     * transaction is committed.
     */
    async endAll(tx: Executor, owner: Owner, exceptSessionId: string | null): Promise<string[]> {
      const ended: string[] = [];
      await luciaOn(tx, exceptSessionId, (ids) => ended.push(...ids)).invalidateUserSessions(keyOf(owner));
      return ended;
    },

    async list(actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
      const { after, ...page } = newestFirst.query({ limit, cursor });
      const rows = await listUserSessions(database.executor, actor, {
        ...page,
        ...(after && { after: { created_at: new Date(after.created_ms), id: after.id } }),
      });
      const keyOf = (row: SessionRow) => ({ created_ms: row.created_at.getTime(), id: row.id });
      return newestFirst.page(rows, { limit, view: sessionView(actor), keyOf });
    },

    async revoke(actor: Actor, id: string, origin: Origin): Promise<void> {
      if (!(await end(actor, id, origin))) throw new AppError("session_not_found");
    },

    /** Ends the session of the caller; idempotent. */
    async revokeCurrent(actor: Actor, origin: Origin): Promise<void> {
      await end(actor, actor.session_id, origin);
    },

    /** Deletes the sessions that have expired. */
    purge: (): Promise<void> => luciaOn(database.executor).deleteExpiredSessions(),
  };
}
