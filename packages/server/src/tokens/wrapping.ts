import { CompactEncrypt, compactDecrypt, type JWK } from "jose";
import { ConfigError } from "../config/read.js";

type WrappingKeys = readonly [Uint8Array, ...Uint8Array[]];

/** Encrypts a private key with the first of the keys. */
export const wrapJwk = (jwk: JWK, [key]: WrappingKeys): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(JSON.stringify(jwk)))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .encrypt(key);

const open = (jwe: string, key: Uint8Array): Promise<string | undefined> =>
  compactDecrypt(jwe, key).then(
    ({ plaintext }) => new TextDecoder().decode(plaintext),
    () => undefined,
  );

export const isWrappedBy = async (jwe: string, key: Uint8Array): Promise<boolean> =>
  (await open(jwe, key)) !== undefined;

/** Decrypts a private key with the one of the keys that it was encrypted with. */
export async function unwrapJwk(jwe: string, keys: WrappingKeys): Promise<JWK> {
  for (const key of keys) {
    const text = await open(jwe, key);
    if (text !== undefined) return JSON.parse(text) as JWK;
  }
  throw new ConfigError([
    ["VERO_SECRET", "is not the one that this database was set up with, nor is VERO_SECRET_PREVIOUS"],
  ]);
}
