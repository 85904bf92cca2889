import { hkdfSync } from "node:crypto";
import { type Database, deleteSigningKeys, insertSigningKey, listSigningKeys, lockSigningKeys } from "@vero/db";
import {
  CompactEncrypt,
  type CryptoKey,
  calculateJwkThumbprint,
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from "jose";
import { ConfigError } from "../config/environment.js";

export interface KeyringOptions {
  database: Database;
  /** The deployment's secret; encrypts the private keys at rest. */
  secret: string;
  /** How long a key signs before the next one does, in milliseconds. */
  rotateEvery?: number;
}

interface Key {
  kid: string;
  publicJwk: JWK;
  publicKey: CryptoKey;
  privateJwe: string;
  activeFrom: number;
}

const day = 86_400_000;
/** A new key is published this long before it signs: longer than verifiers may cache the key set. */
const publishAhead = 10 * 60_000;
/** A replaced key is published this long after: longer than any token it signed lives. */
const retireAfter = 60 * 60_000;
const reloadEvery = 60_000;
/** An unknown `kid` makes us look again, but not more often than this. */
const reloadAtMostEvery = 1_000;

export type Keyring = ReturnType<typeof createKeyring>;

/** The Ed25519 keys (RFC 8037) that sign and verify tokens, shared by all processes through the database. */
export function createKeyring({ database, secret, rotateEvery = 30 * day }: KeyringOptions) {
  const wrappingKey = new Uint8Array(hkdfSync("sha256", secret, "", "vero signing keys", 32));
  let keys: Key[] = [];
  let loadedAt = 0;
  let loading: Promise<void> | undefined;
  let signer: { kid: string; key: CryptoKey } | undefined;

  async function newKey(activeFrom: Date) {
    const { privateKey, publicKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
    const [privateJwk, publicJwk] = await Promise.all([exportJWK(privateKey), exportJWK(publicKey)]);
    const kid = await calculateJwkThumbprint(publicJwk);
    const plain = new TextEncoder().encode(JSON.stringify(privateJwk));
    const private_jwe = await new CompactEncrypt(plain)
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .encrypt(wrappingKey);
    return { kid, public_jwk: { ...publicJwk, kid, alg: "EdDSA", use: "sig" }, private_jwe, active_from: activeFrom };
  }

  async function load(): Promise<void> {
    const rows = await listSigningKeys(database.executor);
    keys = await Promise.all(
      rows.map(async (row) => ({
        kid: row.kid,
        publicJwk: row.public_jwk as JWK,
        publicKey: (await importJWK(row.public_jwk as JWK, "EdDSA")) as CryptoKey,
        privateJwe: row.private_jwe,
        activeFrom: row.active_from.getTime(),
      })),
    );
    loadedAt = Date.now();
  }

  const reload = (): Promise<void> => {
    loading ??= load().finally(() => {
      loading = undefined;
    });
    return loading;
  };

  const fresh = async (): Promise<void> => {
    if (Date.now() - loadedAt > reloadEvery) await reload();
  };

  return {
    /** Makes the first key, the next one when it is due, and forgets those that no living token needs. */
    async rotate(): Promise<void> {
      await database.transaction(async (tx) => {
        await lockSigningKeys(tx);
        const rows = await listSigningKeys(tx);
        const now = Date.now();
        const [newest] = rows;
        if (newest === undefined) await insertSigningKey(tx, await newKey(new Date(now)));
        else if (newest.active_from.getTime() + rotateEvery - publishAhead <= now) {
          await insertSigningKey(tx, await newKey(new Date(now + publishAhead)));
        }
        const active = rows.findIndex((row) => row.active_from.getTime() <= now);
        const replacedAt = rows[active]?.active_from.getTime() ?? now;
        const retired = active < 0 || replacedAt + retireAfter > now ? [] : rows.slice(active + 1);
        await deleteSigningKeys(
          tx,
          retired.map((row) => row.kid),
        );
      });
      await reload();
    },

    async signingKey(): Promise<{ kid: string; key: CryptoKey }> {
      await fresh();
      const active = keys.find((key) => key.activeFrom <= Date.now());
      if (active === undefined) throw new Error("There is no signing key; rotate() makes the first one.");
      if (signer?.kid !== active.kid) {
        const { plaintext } = await compactDecrypt(active.privateJwe, wrappingKey).catch((cause) => {
          throw new ConfigError(
            "The configuration is not usable:\n  VERO_SECRET: is not the one that this database was set up with",
            { cause },
          );
        });
        const jwk = JSON.parse(new TextDecoder().decode(plaintext)) as JWK;
        signer = { kid: active.kid, key: (await importJWK(jwk, "EdDSA")) as CryptoKey };
      }
      return signer;
    },

    async verificationKey(kid: string | undefined): Promise<CryptoKey | undefined> {
      await fresh();
      const find = () => keys.find((key) => key.kid === kid)?.publicKey;
      if (find() === undefined && Date.now() - loadedAt > reloadAtMostEvery) await reload();
      return find();
    },

    /** RFC 7517, for whoever verifies our tokens elsewhere. */
    async jwks(): Promise<{ keys: JWK[] }> {
      await fresh();
      return { keys: keys.map((key) => key.publicJwk) };
    },
  };
}
