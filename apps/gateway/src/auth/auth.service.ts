import { AppError, type ErrorCode } from "@vero/contracts";
import {
  type Database,
  getAccount,
  getLogin,
  getLoginOfUser,
  type LoginRow,
  lockAddress,
  lockLogin,
  setPasswordHash,
} from "@vero/db";
import { type Actor, logSecurityEvent, toAppError } from "@vero/server";
import type { Guesses } from "./guesses.service.js";
import type { KnownNetworks } from "./known-networks.service.js";
import type { Passwords } from "./passwords.service.js";
import type { Origin, Owner, Sessions } from "./sessions.service.js";
import type { BegunSession, TokenPairs } from "./token-pairs.service.js";

export interface AuthDeps {
  database: Database;
  guesses: Guesses;
  passwords: Passwords;
  sessions: Pick<Sessions, "open" | "renew" | "isAlive" | "endAll" | "revokeCurrent" | "announceEnd">;
  knownNetworks: Pick<KnownNetworks, "add" | "has">;
  tokenPairs: TokenPairs;
}

/** The owner of an address without an account, for whom the database is asked the same as for any other. */
const nobody: Owner = {
  tenant_id: "00000000-0000-0000-0000-000000000000",
  user_id: "00000000-0000-0000-0000-000000000000",
};

/** The errors of a sign-in that are logged as a failure of the client; all others are failures of ours. */
const failures: readonly ErrorCode[] = ["invalid_credentials", "rate_limited"];

export type Auth = ReturnType<typeof createAuth>;

export function createAuth({ database, guesses, passwords, sessions, knownNetworks, tokenPairs }: AuthDeps) {
  async function openSession(login: LoginRow | undefined, password: string, origin: Origin): Promise<BegunSession> {
    const matches = await passwords.verify(login?.password_hash, password);
    if (!matches || !login?.is_active) throw new AppError("invalid_credentials");
    return database.transaction(async (tx) => {
      // The login is read again under its lock: while the password was hashed, it may have been changed, or the user
      // deactivated.
      const now = await lockLogin(tx, login.email);
      if (!now?.is_active || now.password_hash !== login.password_hash) throw new AppError("invalid_credentials");
      const owner = { tenant_id: now.tenant_id, user_id: now.user_id };
      await knownNetworks.add(tx, owner, origin.ip);
      return { ...owner, ...(await sessions.open(tx, owner, origin)) };
    });
  }

  /** Lists the user's own data, of which a new password may not be made. */
  async function ownWordsOf({ tenant_id, user_id }: Owner): Promise<(string | null | undefined)[]> {
    const { user, tenant, email } = (await getAccount(database.executor, { tenant_id, user_id })) ?? {};
    return [email, user?.display_name, user?.phone, tenant?.name, tenant?.slug];
  }

  return {
    async login(origin: Origin, input: { email: string; password: string }) {
      const email = input.email.toLowerCase();
      let login: LoginRow | undefined;
      const isKnown = async (): Promise<boolean> => {
        login = await getLogin(database.executor, email);
        return knownNetworks.has(login ?? nobody, origin.ip);
      };
      try {
        return await guesses.count({ email, ip: origin.ip }, isKnown, () =>
          tokenPairs.issue(() => openSession(login, input.password, origin)),
        );
      } catch (error) {
        const { tenant_id, user_id } = login ?? {};
        const reason = toAppError(error).code;
        if (failures.includes(reason)) logSecurityEvent(origin, "auth.failed", { tenant_id, user_id, reason });
        throw error;
      }
    },

    async refresh(origin: Origin, { refresh_token }: { refresh_token: string }) {
      return tokenPairs.issue(() => sessions.renew(refresh_token, origin));
    },

    async logout(actor: Actor, { all_sessions }: { all_sessions: boolean }, origin: Origin): Promise<void> {
      if (!all_sessions) return sessions.revokeCurrent(actor, origin);
      const ended = await sessions.endAll(database.executor, actor, null);
      sessions.announceEnd(actor, ended, "session_revoked", origin);
    },

    async changePassword(
      actor: Actor,
      input: { current_password: string; new_password: string },
      origin: Origin,
    ): Promise<void> {
      const { tenant_id, user_id, session_id } = actor;
      const login = await getLoginOfUser(database.executor, { tenant_id, user_id });
      const matches = await passwords.verify(login?.password_hash, input.current_password);
      if (!login || !matches) {
        const reason = "invalid_current_password";
        logSecurityEvent(origin, "auth.failed", { tenant_id, user_id, session_id, reason });
        throw new AppError(reason);
      }
      await passwords.refuseGuessable(input.new_password, await ownWordsOf(actor));
      const password_hash = await passwords.hash(input.new_password);
      const ended = await database.transaction(async (tx) => {
        // The address is locked before the session, as by a signup that takes an address away, which ends sessions
        // while it holds it.
        await lockAddress(tx, login.email);
        // Since they were verified, the session may have ended, and the password may have been changed by another call.
        if (!(await sessions.isAlive(tx, actor))) throw new AppError("unauthenticated");
        if (!(await setPasswordHash(tx, login, password_hash))) throw new AppError("invalid_current_password");
        return sessions.endAll(tx, actor, session_id);
      });
      sessions.announceEnd(actor, ended, "session_revoked", origin);
    },
  };
}
