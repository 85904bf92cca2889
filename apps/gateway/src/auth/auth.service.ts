import { AppError } from "@vero/contracts";
import {
  type Database,
  type Executor,
  getLogin,
  getLoginOfUser,
  insertLogin,
  insertTenant,
  insertUser,
  lockLogin,
  setInviteUsed,
  setPasswordHash,
} from "@vero/db";
import { type Actor, type Limits, limitKeyOf, type Tokens, toE164 } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import type { Invites } from "./invites.service.js";
import type { Passwords } from "./passwords.service.js";
import type { Profiles } from "./profiles.service.js";
import type { Origin, Owner, Sessions } from "./sessions.service.js";
import { slugCandidates } from "./slugs.service.js";

export interface SignupInput {
  email: string;
  password: string;
  display_name: string;
  tenant_name?: string | undefined;
  invite_token?: string | undefined;
  phone?: string | undefined;
  timezone?: string | undefined;
}

export interface AuthDeps {
  database: Database;
  limits: Limits;
  tokens: Pick<Tokens, "sign">;
  passwords: Passwords;
  sessions: Pick<Sessions, "open" | "renew" | "isAlive" | "endAll" | "revokeCurrent" | "announceEnd">;
  profiles: Pick<Profiles, "get">;
  invites: Pick<Invites, "lock">;
}

async function createTenant(tx: Executor, name: string): Promise<string> {
  const id = uuidv7();
  for (const slug of slugCandidates(name)) {
    if (await insertTenant(tx, { id, name, slug })) return id;
  }
  throw new Error("no free slug");
}

export type Auth = ReturnType<typeof createAuth>;

export function createAuth({ database, limits, tokens, passwords, sessions, profiles, invites }: AuthDeps) {
  async function signedIn({ refresh_token, ...session }: Owner & { session_id: string; refresh_token: string }) {
    const user = await profiles.get(session);
    const { token, expires_in } = await tokens.sign("access", { ...session, role: user.role });
    return { access_token: token, token_type: "Bearer" as const, expires_in, refresh_token, user };
  }

  /** The workspace that a signup leads into: the invite's, or a new one. */
  async function enter(tx: Executor, { invite_token, tenant_name }: SignupInput, email: string) {
    if (invite_token === undefined) {
      return { tenant_id: await createTenant(tx, tenant_name ?? ""), role: "owner" as const, invite_id: undefined };
    }
    const { tenant_id, role, id } = await invites.lock(tx, invite_token, email);
    return { tenant_id, role, invite_id: id };
  }

  async function signIn(email: string, password: string, origin: Origin) {
    const login = await getLogin(database.executor, email);
    const matches = await passwords.verify(login?.password_hash, password);
    if (!matches || !login?.is_active) throw new AppError("invalid_credentials");
    return database.transaction(async (tx) => {
      // The password may have been changed, or the user deactivated, while we were hashing.
      const now = await lockLogin(tx, email);
      if (!now?.is_active || now.password_hash !== login.password_hash) throw new AppError("invalid_credentials");
      const owner = { tenant_id: now.tenant_id, user_id: now.user_id };
      return { ...owner, ...(await sessions.open(tx, owner, origin)) };
    });
  }

  return {
    async signup(origin: Origin, input: SignupInput) {
      const email = input.email.toLowerCase();
      const phone = input.phone === undefined ? null : toE164(input.phone);
      await passwords.refuseCommon(input.password, email);
      const password_hash = await passwords.hash(input.password);
      const session = await database.transaction(async (tx) => {
        const { tenant_id, role, invite_id } = await enter(tx, input, email);
        const owner = { tenant_id, user_id: uuidv7() };
        const { display_name, timezone = null } = input;
        await insertUser(tx, { tenant_id, id: owner.user_id, display_name, timezone, phone, role });
        if (!(await insertLogin(tx, { ...owner, email, password_hash }))) throw new AppError("email_taken");
        if (invite_id !== undefined) await setInviteUsed(tx, tenant_id, invite_id, owner.user_id);
        return { ...owner, ...(await sessions.open(tx, owner, origin)) };
      });
      return signedIn(session);
    },

    async login(origin: Origin, input: { email: string; password: string }) {
      const email = input.email.toLowerCase();
      const key = `${email} ${limitKeyOf(origin.ip)}`;
      // Counted before the answer is known: guesses sent all at once must not slip past the limit together.
      await limits.consume("login_failure", key);
      try {
        const tokens = await signedIn(await signIn(email, input.password, origin));
        await limits.refund("login_failure", key);
        return tokens;
      } catch (error) {
        // Trouble of ours is nobody's failed guess.
        const isGuess = error instanceof AppError && error.code === "invalid_credentials";
        if (!isGuess) await limits.refund("login_failure", key);
        throw error;
      }
    },

    async refresh(origin: Origin, { refresh_token }: { refresh_token: string }) {
      return signedIn(await sessions.renew(refresh_token, origin));
    },

    async logout(actor: Actor, { all_sessions }: { all_sessions: boolean }): Promise<void> {
      if (!all_sessions) return sessions.revokeCurrent(actor);
      const ended = await sessions.endAll(database.executor, actor, null);
      sessions.announceEnd(actor, ended, "session_revoked");
    },

    async changePassword(actor: Actor, input: { current_password: string; new_password: string }): Promise<void> {
      const login = await getLoginOfUser(database.executor, actor.tenant_id, actor.user_id);
      const matches = await passwords.verify(login?.password_hash, input.current_password);
      if (!login || !matches) throw new AppError("invalid_current_password");
      await passwords.refuseCommon(input.new_password, login.email);
      const password_hash = await passwords.hash(input.new_password);
      const ended = await database.transaction(async (tx) => {
        // Verified and ended meanwhile: by another change of the password, or with the session.
        if (!(await sessions.isAlive(tx, actor))) throw new AppError("unauthenticated");
        if (!(await setPasswordHash(tx, login, password_hash))) throw new AppError("invalid_current_password");
        return sessions.endAll(tx, actor, actor.session_id);
      });
      sessions.announceEnd(actor, ended, "session_revoked");
    },
  };
}
