import { AppError } from "@vero/contracts";
import { type Database, getActor } from "@vero/db";
import { LRUCache } from "lru-cache";
import type { Actor } from "../procedures/context.js";
import type { Claims, Tokens } from "./tokens.js";

/** Revocation must bite within a second on every node, whether or not the bus delivers. */
const trustFor = 500;

export type Actors = ReturnType<typeof createActors>;

/** From a token to the actor: the token says which session, the database whether it lives and with which role. */
export function createActors({ database, tokens }: { database: Database; tokens: Tokens }) {
  const cache = new LRUCache<string, { actor: Actor | null }>({ max: 50_000, ttl: trustFor });
  /** Calls that come at once share one look at the database, also where the cache has no room to remember it. */
  const looks = new Map<string, Promise<{ actor: Actor | null }>>();

  function look(sessionId: string): Promise<{ actor: Actor | null }> {
    const under = looks.get(sessionId);
    if (under !== undefined) return under;
    const begun = getActor(database.executor, sessionId)
      .then((row) => {
        const found = { actor: row ?? null };
        // One that was forgotten meanwhile may have been read before the session ended: it answers those who waited.
        if (looks.get(sessionId) === begun) cache.set(sessionId, found);
        return found;
      })
      .finally(() => {
        if (looks.get(sessionId) === begun) looks.delete(sessionId);
      });
    looks.set(sessionId, begun);
    return begun;
  }

  async function ofSession(claims: Pick<Claims, "session_id" | "user_id" | "tenant_id">): Promise<Actor> {
    const found = cache.get(claims.session_id) ?? (await look(claims.session_id));
    const { actor } = found;
    if (actor === null || actor.user_id !== claims.user_id || actor.tenant_id !== claims.tenant_id) {
      throw new AppError("unauthenticated", { detail: "The session has ended." });
    }
    return actor;
  }

  return {
    ofSession,
    /** With the id of the token, which opens one socket only. */
    async ofRealtimeToken(token: string): Promise<{ actor: Actor; token_id: string }> {
      const claims = await tokens.verify("realtime", token);
      return { actor: await ofSession(claims), token_id: claims.token_id };
    },
    /** RFC 6750 section 2.1. */
    async ofAuthorization(header: string | undefined): Promise<Actor> {
      const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(header ?? "") ?? [];
      if (token === undefined) throw new AppError("unauthenticated");
      return ofSession(await tokens.verify("access", token));
    },
    /** This node has just ended the session itself and need not wait. */
    forget(sessionId: string): void {
      looks.delete(sessionId);
      cache.delete(sessionId);
    },
  };
}
