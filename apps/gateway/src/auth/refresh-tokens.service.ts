import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { keysFor, type Secrets } from "@vero/server";

export interface RefreshToken {
  session_id: string;
  /** The number of tokens of the session before this one. */
  generation: number;
  secret: Buffer;
}

/** The state of a session's refresh tokens, as it is stored: hashes, but no secrets. */
export interface TokenMemory {
  generation: number;
  refresh_hash: Buffer;
  previous_hash: Buffer | null;
  rotated_ms_ago: number;
  /** The newest generation of which an access token has been presented. */
  used_generation: number;
}

/**
 * Says what a refresh token is for its session.
 * - `current`: the newest one, which is rotated.
 * - `repeated`: the one that was just replaced, and whose successor nobody has used yet (the answer was lost), or was
 *   replaced so shortly before that somebody else may have (two tabs). It gets the same successor once more.
 * - `reused`: one of ours that was replaced before that. Somebody holds a copy, so that the session ends (RFC 9700
 *   section 4.14.2).
 * - `unknown`: no token that this session has issued.
 */
export type Verdict = "current" | "repeated" | "reused" | "unknown";

const repeatableMs = 10_000;

export const hashOf = (secret: Buffer): Buffer => createHash("sha256").update(secret).digest();

export function classify(token: Pick<RefreshToken, "generation" | "secret">, memory: TokenMemory): Verdict {
  const hash = hashOf(token.secret);
  const behind = memory.generation - token.generation;
  if (behind === 0) return hash.equals(memory.refresh_hash) ? "current" : "unknown";
  if (behind < 0) return "unknown";
  const isPrevious = behind === 1 && memory.previous_hash !== null && hash.equals(memory.previous_hash);
  const isUnused = memory.used_generation < memory.generation;
  return isPrevious && (isUnused || memory.rotated_ms_ago <= repeatableMs) ? "repeated" : "reused";
}

const prefix = "vrt_";
const secretLength = 32;
const tagLength = 32;
const headLength = tagLength + 4 + secretLength;

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;

/**
 * Creates and reads refresh tokens. A token is a tag, the generation, a 256-bit secret and the id of the session. The
 * tag proves that this deployment made the token: otherwise anybody who knows a session's id, which is no secret, could
 * have the session revoked by a forged "older" token.
 */
export function createRefreshTokens(secrets: Secrets) {
  const tagKeys = keysFor(secrets, "vero refresh token tag");
  const successorKeys = keysFor(secrets, "vero refresh token successor");

  const body = ({ session_id, generation, secret }: RefreshToken): Buffer => {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(generation);
    return Buffer.concat([number, secret, Buffer.from(session_id)]);
  };
  const tagOf = (bytes: Buffer, key: Uint8Array = tagKeys[0]): Buffer =>
    createHmac("sha256", key).update(bytes).digest();

  function derive(token: RefreshToken, key: Uint8Array): RefreshToken {
    const next = { session_id: token.session_id, generation: token.generation + 1 };
    const predecessor = body({ ...next, secret: token.secret });
    return { ...next, secret: createHmac("sha256", key).update(predecessor).digest() };
  }

  return {
    /** Returns a secret for the first token of a session. */
    firstSecret: (): Buffer => randomBytes(secretLength),

    /**
     * Returns the successor of a token. It is derived rather than random, so that a repeated token gets the same one
     * although only hashes are stored.
     */
    successorOf: (token: RefreshToken): RefreshToken => derive(token, successorKeys[0]),

    /**
     * Returns the successor to which a session has already moved on, whichever secret of the deployment it was derived
     * from; undefined where it was none of them.
     */
    knownSuccessorOf: (token: RefreshToken, hash: Buffer): RefreshToken | undefined =>
      successorKeys.map((key) => derive(token, key)).find(({ secret }) => hashOf(secret).equals(hash)),

    write(token: RefreshToken): string {
      const bytes = body(token);
      return prefix + Buffer.concat([tagOf(bytes), bytes]).toString("base64url");
    },

    /** Returns undefined for a text that is no token of this deployment. */
    read(text: string): RefreshToken | undefined {
      if (!text.startsWith(prefix)) return undefined;
      const encoded = text.slice(prefix.length);
      const bytes = Buffer.from(encoded, "base64url");
      if (bytes.length <= headLength || bytes.toString("base64url") !== encoded) return undefined;
      const signed = bytes.subarray(tagLength);
      const tag = bytes.subarray(0, tagLength);
      if (!tagKeys.some((key) => timingSafeEqual(tag, tagOf(signed, key)))) return undefined;
      return {
        generation: signed.readUInt32BE(0),
        secret: signed.subarray(4, 4 + secretLength),
        session_id: signed.subarray(4 + secretLength).toString(),
      };
    },
  };
}
