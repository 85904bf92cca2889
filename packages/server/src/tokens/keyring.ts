import {
  type Database,
  deleteSigningKeys,
  type Executor,
  insertSigningKey,
  listSigningKeys,
  lockSigningKeys,
  type SigningKeyRow,
  setPrivateJwe,
} from "@vero/db";
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { keysFor, type Secrets } from "../config/secrets.js";
import { isWrappedBy, unwrapJwk, wrapJwk } from "./wrapping.js";

/** Options of the keyring; the secret of the deployment encrypts the private keys at rest. */
export interface KeyringOptions extends Secrets {
  database: Database;
  /** How long a key signs before the next one takes over, in milliseconds. */
  rotateEveryMs?: number;
}

interface Key {
  kid: string;
  publicJwk: JWK;
  publicKey: CryptoKey;
  privateJwe: string;
  /** From when on it signs, by the clock of the database, in milliseconds since 1970. */
  activeFromMs: number;
}

const dayMs = 86_400_000;
/** How long a new key is published before it signs: longer than verifiers may cache the key set. */
const publishAheadMs = 10 * 60_000;
/** How long a replaced key stays published: longer than any token that it signed lives. */
const retireAfterMs = 60 * 60_000;
const reloadEveryMs = 60_000;
/** The minimum time between loads that an unknown `kid` causes. */
const reloadAtMostEveryMs = 1_000;

export type Keyring = ReturnType<typeof createKeyring>;

/**
 * Keeps the Ed25519 keys (RFC 8037) that sign and verify tokens. All processes share them through the database, and its
 * clock with them: a monotonic clock carries that on between two loads, so that the clocks of the nodes do not matter.
 */
export function createKeyring({ database, rotateEveryMs = 30 * dayMs, ...secrets }: KeyringOptions) {
  const wrappingKeys = keysFor(secrets, "vero signing keys");
  let keys: Key[] = [];
  /** The readings of `performance.now()` and of the database's clock at the last load. */
  let loaded = { at: Number.NEGATIVE_INFINITY, nowMs: 0 };
  let loading: Promise<void> | undefined;
  let signer: { kid: string; key: CryptoKey } | undefined;

  const sinceLoad = (): number => performance.now() - loaded.at;
  const nowMs = (): number => loaded.nowMs + sinceLoad();

  async function insertKey(tx: Executor, activeInMs: number | null): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
    const [privateJwk, publicJwk] = await Promise.all([exportJWK(privateKey), exportJWK(publicKey)]);
    const kid = await calculateJwkThumbprint(publicJwk);
    const key = {
      kid,
      public_jwk: { ...publicJwk, kid, alg: "EdDSA", use: "sig" },
      private_jwe: await wrapJwk(privateJwk, wrappingKeys),
    };
    await insertSigningKey(tx, key, activeInMs);
  }

  async function load(): Promise<void> {
    const rows = await listSigningKeys(database.executor);
    const at = performance.now();
    keys = await Promise.all(
      rows.map(async (row) => ({
        kid: row.kid,
        publicJwk: row.public_jwk as JWK,
        publicKey: (await importJWK(row.public_jwk as JWK, "EdDSA")) as CryptoKey,
        privateJwe: row.private_jwe,
        activeFromMs: row.active_from.getTime(),
      })),
    );
    // Without a key nothing can be signed or verified, so that the next call loads again.
    const [first] = rows;
    loaded = first === undefined ? { at: Number.NEGATIVE_INFINITY, nowMs: 0 } : { at, nowMs: first.now_ms };
  }

  const reload = (): Promise<void> => {
    loading ??= load().finally(() => {
      loading = undefined;
    });
    return loading;
  };

  const fresh = async (): Promise<void> => {
    if (sinceLoad() > reloadEveryMs) await reload();
  };

  /** Encrypts with the present secret the keys that the previous one had encrypted. */
  async function rewrap(tx: Executor, rows: readonly SigningKeyRow[]): Promise<void> {
    for (const { kid, private_jwe } of rows) {
      if (await isWrappedBy(private_jwe, wrappingKeys[0])) continue;
      await setPrivateJwe(tx, {
        kid,
        private_jwe: await wrapJwk(await unwrapJwk(private_jwe, wrappingKeys), wrappingKeys),
      });
    }
  }

  /** Returns the keys that were replaced so long ago that no token which they signed is alive. */
  function retired(rows: readonly SigningKeyRow[]): string[] {
    const active = rows.findIndex((row) => row.active_for_ms >= 0);
    const activeForMs = rows[active]?.active_for_ms ?? 0;
    return activeForMs < retireAfterMs ? [] : rows.slice(active + 1).map(({ kid }) => kid);
  }

  return {
    /**
     * Creates the first key, and the next one when it is due; encrypts keys with the present secret, and deletes those
     * that no living token needs. A table lock makes processes take turns.
     */
    async rotate(): Promise<void> {
      await database.transaction(async (tx) => {
        await lockSigningKeys(tx);
        const rows = await listSigningKeys(tx);
        const [newest] = rows;
        if (newest === undefined) await insertKey(tx, null);
        else if (newest.age_ms >= rotateEveryMs) await insertKey(tx, publishAheadMs);
        await rewrap(tx, rows);
        await deleteSigningKeys(tx, retired(rows));
      });
      await reload();
    },

    /** Returns the newest active key; where the database's clock was set back behind them all, the oldest one. */
    async signingKey(): Promise<{ kid: string; key: CryptoKey }> {
      await fresh();
      const now = nowMs();
      const active = keys.find((key) => key.activeFromMs <= now) ?? keys.at(-1);
      if (active === undefined) throw new Error("There is no signing key; rotate() makes the first one.");
      if (signer?.kid !== active.kid) {
        const jwk = await unwrapJwk(active.privateJwe, wrappingKeys);
        signer = { kid: active.kid, key: (await importJWK(jwk, "EdDSA")) as CryptoKey };
      }
      return signer;
    },

    async verificationKey(kid: string | undefined): Promise<CryptoKey | undefined> {
      await fresh();
      const find = () => keys.find((key) => key.kid === kid)?.publicKey;
      if (find() === undefined && sinceLoad() > reloadAtMostEveryMs) await reload();
      return find();
    },

    /** Returns the time by which tokens are issued and verified, in milliseconds since 1970. */
    async now(): Promise<number> {
      await fresh();
      return nowMs();
    },

    /** Returns the key set (RFC 7517), with which other services verify our tokens. */
    async jwks(): Promise<{ keys: JWK[] }> {
      await fresh();
      return { keys: keys.map((key) => key.publicJwk) };
    },
  };
}
