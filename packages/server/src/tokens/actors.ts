import { AppError } from "@vero/contracts";
import { type Database, getActor, setGenerationUsed } from "@vero/db";
import { LRUCache } from "lru-cache";
import type { Actor } from "../procedures/context.js";
import type { Claims, Tokens } from "./tokens.js";

/**
 * How long a session's row is cached, in milliseconds: every node must notice a revocation within a second, whether or
 * not the bus delivers it.
 */
const trustFor = 500;

export type Actors = ReturnType<typeof createActors>;

interface Found {
  actor: Actor | null;
  generation: number;
  /** Settles when the database knows that an access token of this generation was presented; absent before. */
  used?: Promise<void>;
}

/**
 * Finds the actor of a token: the token says which session, and the database whether it is alive and with which role.
 */
export function createActors({ database, tokens }: { database: Database; tokens: Tokens }) {
  const cache = new LRUCache<string, Found>({ max: 50_000, ttl: trustFor });
  /**
   * Reads in progress by session, so that concurrent calls share one, also where the cache has no room for its result.
   */
  const looks = new Map<string, Promise<Found>>();

  async function read(sessionId: string): Promise<Found> {
    const row = await getActor(database.executor, sessionId);
    if (row === undefined) return { actor: null, generation: 0 };
    const { generation, used_generation, ...actor } = row;
    return { actor, generation, ...(used_generation < generation ? {} : { used: Promise.resolve() }) };
  }

  function look(sessionId: string): Promise<Found> {
    const under = looks.get(sessionId);
    if (under !== undefined) return under;
    const begun = read(sessionId)
      .then((found) => {
        // A read that was forgotten meanwhile may be older than the end of the session: it answers its callers, and is
        // not cached.
        if (looks.get(sessionId) === begun) cache.set(sessionId, found);
        return found;
      })
      .finally(() => {
        if (looks.get(sessionId) === begun) looks.delete(sessionId);
      });
    looks.set(sessionId, begun);
    return begun;
  }

  /** Drops the cached state of a session which this node has just changed, or of whose change it has evidence. */
  function forget(sessionId: string): void {
    looks.delete(sessionId);
    cache.delete(sessionId);
  }

  /**
   * Records that an access token of this generation was presented: one write for each refresh, at the first request
   * after it. No caller is let in before that is committed.
   */
  function setUsed(sessionId: string, found: Found): Promise<void> {
    found.used ??= setGenerationUsed(database.executor, sessionId, found.generation).catch((error) => {
      delete found.used;
      throw error;
    });
    return found.used;
  }

  async function ofSession({
    session_id,
    user_id,
    tenant_id,
    generation = 0,
  }: Omit<Claims, "token_id">): Promise<Actor> {
    let found = cache.get(session_id) ?? (await look(session_id));
    // The token was signed after a refresh that the cached row does not show.
    if (found.actor !== null && generation > found.generation) {
      forget(session_id);
      found = await look(session_id);
    }
    const { actor } = found;
    if (actor === null || actor.user_id !== user_id || actor.tenant_id !== tenant_id) {
      throw new AppError("unauthenticated", { detail: "The session has ended." });
    }
    if (generation === found.generation) await setUsed(session_id, found);
    return actor;
  }

  return {
    ofSession,
    /** Verifies a token for the socket. Its id is returned because a token opens one socket only. */
    async ofRealtimeToken(token: string): Promise<{ actor: Actor; token_id: string }> {
      const claims = await tokens.verify("realtime", token);
      return { actor: await ofSession(claims), token_id: claims.token_id };
    },
    /** Verifies the bearer token of an Authorization header (RFC 6750 section 2.1). */
    async ofAuthorization(header: string | undefined): Promise<Actor> {
      const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(header ?? "") ?? [];
      if (token === undefined) throw new AppError("unauthenticated");
      return ofSession(await tokens.verify("access", token));
    },
    forget,
  };
}
