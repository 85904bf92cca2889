import { AppError } from "@vero/contracts";
import { type Database, getActor } from "@vero/db";
import { LRUCache } from "lru-cache";
import type { Actor } from "../procedures/context.js";
import type { Claims, TokenKind, Tokens } from "./tokens.js";

/** Revocation must bite within a second on every node, whether or not the bus delivers. */
const trustFor = 500;

export type Actors = ReturnType<typeof createActors>;

/** From a token to the actor: the token says which session, the database whether it lives and with which role. */
export function createActors({ database, tokens }: { database: Database; tokens: Tokens }) {
  const cache = new LRUCache<string, { actor: Actor | null }>({
    max: 50_000,
    ttl: trustFor,
    fetchMethod: async (sessionId) => ({ actor: (await getActor(database.executor, sessionId)) ?? null }),
  });

  async function ofSession(claims: Pick<Claims, "session_id" | "user_id" | "tenant_id">): Promise<Actor> {
    const found = await cache.fetch(claims.session_id);
    const actor = found?.actor;
    if (!actor || actor.user_id !== claims.user_id || actor.tenant_id !== claims.tenant_id) {
      throw new AppError("unauthenticated", { detail: "The session has ended." });
    }
    return actor;
  }

  return {
    ofSession,
    async ofToken(kind: TokenKind, token: string): Promise<Actor & { expires_at: number }> {
      const claims = await tokens.verify(kind, token);
      return { ...(await ofSession(claims)), expires_at: claims.expires_at };
    },
    /** RFC 6750 section 2.1. */
    async ofAuthorization(header: string | undefined): Promise<Actor> {
      const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(header ?? "") ?? [];
      if (token === undefined) throw new AppError("unauthenticated");
      return ofSession(await tokens.verify("access", token));
    },
    /** This node has just ended the session itself and need not wait. */
    forget: (sessionId: string) => cache.delete(sessionId),
  };
}
