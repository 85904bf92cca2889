import { AppError } from "@vero/contracts";
import { type Database, getActor, setGenerationUsed } from "@vero/db";
import { LRUCache } from "lru-cache";
import type { Actor } from "../procedures/context.js";
import type { Claims, Tokens } from "./tokens.js";

/** Revocation must bite within a second on every node, whether or not the bus delivers. */
const trustFor = 500;

export type Actors = ReturnType<typeof createActors>;

interface Found {
  actor: Actor | null;
  generation: number;
  /** Settled when an access token of this generation is known to have been presented; absent before. */
  used?: Promise<void>;
}

/** From a token to the actor: the token says which session, the database whether it lives and with which role. */
export function createActors({ database, tokens }: { database: Database; tokens: Tokens }) {
  const cache = new LRUCache<string, Found>({ max: 50_000, ttl: trustFor });
  /** Calls that come at once share one look at the database, also where the cache has no room to remember it. */
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

  /** This node has just changed the session itself, or has evidence that it was changed, and need not wait. */
  function forget(sessionId: string): void {
    looks.delete(sessionId);
    cache.delete(sessionId);
  }

  /** One write for each refresh, at the first request after it; nobody is let in before it is committed. */
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
    // Signed after a refresh that we have not seen.
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
    forget,
  };
}
