import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

export interface RefreshToken {
  session_id: string;
  /** How many tokens of the session came before it. */
  generation: number;
  secret: Buffer;
}

/** What a session remembers of its tokens; the secrets themselves are not stored. */
export interface TokenMemory {
  generation: number;
  refresh_hash: Buffer;
  previous_hash: Buffer | null;
  rotated_ms_ago: number;
}

/**
 * - `current`: rotate.
 * - `repeated`: the token just replaced, sent again in time (a lost reply, two tabs): the same successor once more.
 * - `reused`: ours, but replaced before that. Somebody holds a copy: end the session (RFC 9700 section 4.14.2).
 * - `unknown`: not a token that this session has given out.
 */
export type Verdict = "current" | "repeated" | "reused" | "unknown";

const repeatableFor = 10_000;

export const hashOf = (secret: Buffer): Buffer => createHash("sha256").update(secret).digest();

export function judge(token: Pick<RefreshToken, "generation" | "secret">, memory: TokenMemory): Verdict {
  const hash = hashOf(token.secret);
  const behind = memory.generation - token.generation;
  if (behind === 0) return hash.equals(memory.refresh_hash) ? "current" : "unknown";
  if (behind < 0) return "unknown";
  const isPrevious = behind === 1 && memory.previous_hash !== null && hash.equals(memory.previous_hash);
  return isPrevious && memory.rotated_ms_ago <= repeatableFor ? "repeated" : "reused";
}

const prefix = "vrt_";
const secretLength = 32;
const tagLength = 32;
const headLength = tagLength + 4 + secretLength;

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;

/**
 * A token is a tag, the generation, a 256-bit secret and the session's id. The tag proves that we made it: without it
 * anybody who knows a session's id, which is no secret, could have the session revoked by a made-up "older" token.
 */
export function createRefreshTokens(deploymentSecret: string) {
  const keyFor = (purpose: string) => new Uint8Array(hkdfSync("sha256", deploymentSecret, "", purpose, 32));
  const tagKey = keyFor("vero refresh token tag");
  const successorKey = keyFor("vero refresh token successor");

  const body = ({ session_id, generation, secret }: RefreshToken): Buffer => {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(generation);
    return Buffer.concat([number, secret, Buffer.from(session_id)]);
  };
  const tagOf = (bytes: Buffer): Buffer => createHmac("sha256", tagKey).update(bytes).digest();

  return {
    /** The secret of a session's first token. */
    firstSecret: (): Buffer => randomBytes(secretLength),

    /** Derived rather than random, so that a repeated token gets the same answer although only hashes are kept. */
    successorOf(token: RefreshToken): RefreshToken {
      const next = { session_id: token.session_id, generation: token.generation + 1 };
      return {
        ...next,
        secret: createHmac("sha256", successorKey)
          .update(body({ ...next, secret: token.secret }))
          .digest(),
      };
    },

    write(token: RefreshToken): string {
      const bytes = body(token);
      return prefix + Buffer.concat([tagOf(bytes), bytes]).toString("base64url");
    },

    /** Nothing for what we did not make. */
    read(text: string): RefreshToken | undefined {
      if (!text.startsWith(prefix)) return undefined;
      const encoded = text.slice(prefix.length);
      const bytes = Buffer.from(encoded, "base64url");
      if (bytes.length <= headLength || bytes.toString("base64url") !== encoded) return undefined;
      const signed = bytes.subarray(tagLength);
      if (!timingSafeEqual(bytes.subarray(0, tagLength), tagOf(signed))) return undefined;
      return {
        generation: signed.readUInt32BE(0),
        secret: signed.subarray(4, 4 + secretLength),
        session_id: signed.subarray(4 + secretLength).toString(),
      };
    },
  };
}
