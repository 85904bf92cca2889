import { AppError } from "@vero/contracts";
import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { LRUCache } from "lru-cache";
import { v7 as uuidv7 } from "uuid";
import type { Actor } from "../procedures/context.js";
import type { Keyring } from "./keyring.js";

/**
 * The kinds of token. They differ in type and audience, so that neither is accepted as the other (RFC 8725 section
 * 3.11).
 */
const kinds = {
  access: { typ: "at+jwt", audience: "vero", seconds: 600 },
  realtime: { typ: "vero-ws+jwt", audience: "msgsrv", seconds: 60 },
} as const;
export type TokenKind = keyof typeof kinds;

export interface Claims {
  user_id: string;
  tenant_id: string;
  session_id: string;
  /** The id of the token (`jti`). */
  token_id: string;
  /** The generation of the refresh token that an access token was issued with; absent from tokens for the socket. */
  generation?: number;
}

/** Issues a token with a signing key that is loaded already, so that it cannot fail for want of one. */
export type Sign = (
  kind: TokenKind,
  actor: Actor & Pick<Claims, "generation">,
) => Promise<{ token: string; expires_in: number; expires_at: Date }>;

export type Tokens = ReturnType<typeof createTokens>;

const claimsOf = (payload: JWTPayload): Claims => {
  const { sub, tenant_id, sid, jti, gen } = payload;
  if (typeof sub !== "string" || typeof tenant_id !== "string" || typeof sid !== "string" || typeof jti !== "string") {
    throw new AppError("unauthenticated");
  }
  const generation = typeof gen === "number" ? { generation: gen } : {};
  return { user_id: sub, tenant_id, session_id: sid, token_id: jti, ...generation };
};

/** Issues and verifies JWTs (RFC 9068) of one issuer and one algorithm. */
export function createTokens({ keyring, issuer }: { keyring: Keyring; issuer: string }) {
  /** Caches verified tokens: checking the signature costs more than all other checks of a token. */
  const verified = new LRUCache<string, { kind: TokenKind; claims: Claims; expiresAt: number }>({ max: 10_000 });

  /**
   * Loads the signing key, and returns the function that signs with it. A caller that ends one token to issue another
   * loads it first, so that it cannot end up with neither.
   */
  async function signer(): Promise<Sign> {
    const [{ kid, key }, now] = await Promise.all([keyring.signingKey(), keyring.now()]);
    const issuedAt = Math.floor(now / 1000);
    return async (kind, { tenant_id, session_id, user_id, role, generation }) => {
      const { typ, audience, seconds } = kinds[kind];
      const claims = { tenant_id, sid: session_id, role, ...(generation === undefined ? {} : { gen: generation }) };
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: "EdDSA", typ, kid })
        .setIssuer(issuer)
        .setSubject(user_id)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + seconds)
        .setJti(uuidv7())
        .sign(key);
      return { token, expires_in: seconds, expires_at: new Date((issuedAt + seconds) * 1000) };
    };
  }

  return {
    signer,

    sign: async (kind: TokenKind, actor: Actor) => (await signer())(kind, actor),

    /**
     * Returns the claims of a valid token. Throws `token_expired`, or `unauthenticated` for everything else that is
     * wrong with it.
     */
    async verify(kind: TokenKind, token: string): Promise<Claims> {
      const { typ, audience } = kinds[kind];
      const before = verified.get(token);
      const now = await keyring.now();
      // A token that is cached as another kind, or has expired, is verified again, so that it is refused for the right
      // reason.
      if (before?.kind === kind && now < before.expiresAt) return before.claims;
      try {
        const { payload } = await jwtVerify(
          token,
          async ({ kid }) => {
            const key = await keyring.verificationKey(kid);
            if (key === undefined) throw new errors.JWKSNoMatchingKey();
            return key;
          },
          {
            algorithms: ["EdDSA"],
            typ,
            issuer,
            audience,
            requiredClaims: ["exp", "iat", "sub", "jti", "sid"],
            currentDate: new Date(now),
          },
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
