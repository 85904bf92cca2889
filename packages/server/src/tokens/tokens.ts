import { AppError } from "@vero/contracts";
import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { LRUCache } from "lru-cache";
import { v7 as uuidv7 } from "uuid";
import type { Actor } from "../procedures/context.js";
import type { Keyring } from "./keyring.js";

/** The two kinds of token differ in type and audience, so that neither passes for the other (RFC 8725 section 3.11). */
const kinds = {
  access: { typ: "at+jwt", audience: "vero", seconds: 600 },
  realtime: { typ: "vero-ws+jwt", audience: "msgsrv", seconds: 60 },
} as const;
export type TokenKind = keyof typeof kinds;

export interface Claims {
  user_id: string;
  tenant_id: string;
  session_id: string;
  /** The token itself (`jti`). */
  token_id: string;
}

export type Tokens = ReturnType<typeof createTokens>;

const claimsOf = (payload: JWTPayload): Claims => {
  const { sub, tenant_id, sid, jti } = payload;
  if (typeof sub !== "string" || typeof tenant_id !== "string" || typeof sid !== "string" || typeof jti !== "string") {
    throw new AppError("unauthenticated");
  }
  return { user_id: sub, tenant_id, session_id: sid, token_id: jti };
};

/** JWTs (RFC 9068) under one issuer and one algorithm. */
export function createTokens({ keyring, issuer }: { keyring: Keyring; issuer: string }) {
  /** A signature that was good stays good, and checking it costs more than all else about a token. */
  const verified = new LRUCache<string, { kind: TokenKind; claims: Claims; expiresAt: number }>({ max: 10_000 });

  return {
    async sign(kind: TokenKind, actor: Actor): Promise<{ token: string; expires_in: number; expires_at: Date }> {
      const { typ, audience, seconds } = kinds[kind];
      const { kid, key } = await keyring.signingKey();
      const now = Math.floor(Date.now() / 1000);
      const token = await new SignJWT({ tenant_id: actor.tenant_id, sid: actor.session_id, role: actor.role })
        .setProtectedHeader({ alg: "EdDSA", typ, kid })
        .setIssuer(issuer)
        .setSubject(actor.user_id)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + seconds)
        .setJti(uuidv7())
        .sign(key);
      return { token, expires_in: seconds, expires_at: new Date((now + seconds) * 1000) };
    },

    /** Throws `token_expired`, or `unauthenticated` for everything else that is wrong with it. */
    async verify(kind: TokenKind, token: string): Promise<Claims> {
      const { typ, audience } = kinds[kind];
      const before = verified.get(token);
      // What is known as another kind, or has expired, is examined again and refused for the right reason.
      if (before?.kind === kind && Date.now() < before.expiresAt) return before.claims;
      try {
        const { payload } = await jwtVerify(
          token,
          async ({ kid }) => {
            const key = await keyring.verificationKey(kid);
            if (key === undefined) throw new errors.JWKSNoMatchingKey();
            return key;
          },
          { algorithms: ["EdDSA"], typ, issuer, audience, requiredClaims: ["exp", "iat", "sub", "jti", "sid"] },
        );
        const claims = claimsOf(payload);
        verified.set(token, { kind, claims, expiresAt: (payload.exp ?? 0) * 1000 });
        return claims;
      } catch (cause) {
        if (cause instanceof errors.JWTExpired) throw new AppError("token_expired", { cause });
        if (cause instanceof errors.JOSEError) throw new AppError("unauthenticated", { cause });
        throw cause;
      }
    },
  };
}
