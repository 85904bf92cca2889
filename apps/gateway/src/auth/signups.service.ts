import { AppError } from "@vero/contracts";
import {
  type Database,
  type Executor,
  getTenant,
  type InviteRow,
  insertLogin,
  insertTenant,
  insertUser,
  setInviteUsed,
} from "@vero/db";
import { logSecurityEvent, toE164 } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import type { Invites } from "./invites.service.js";
import type { KnownNetworks } from "./known-networks.service.js";
import type { Passwords } from "./passwords.service.js";
import type { Origin, Owner, Sessions } from "./sessions.service.js";
import { slugCandidates } from "./slugs.service.js";
import { lockUsersInOrder, type Released, type SquattedAddresses } from "./squatted-addresses.service.js";
import type { BegunSession, TokenPairs } from "./token-pairs.service.js";

export interface SignupInput {
  email: string;
  password: string;
  display_name: string;
  tenant_name?: string | undefined;
  invite_token?: string | undefined;
  phone?: string | undefined;
  timezone?: string | undefined;
}

/** The signups that are taken: any, those with an invite, or none. */
export type TakenSignups = "open" | "invite" | "closed";

export interface SignupsDeps {
  database: Database;
  passwords: Pick<Passwords, "refuseGuessable" | "hash">;
  sessions: Pick<Sessions, "open">;
  invites: Pick<Invites, "get" | "lock">;
  knownNetworks: Pick<KnownNetworks, "add">;
  squattedAddresses: SquattedAddresses;
  tokenPairs: TokenPairs;
  taken: TakenSignups;
}

async function createTenant(tx: Executor, name: string): Promise<string> {
  const id = uuidv7();
  for (const slug of slugCandidates(name)) {
    if (await insertTenant(tx, { id, name, slug })) return id;
  }
  throw new Error("no free slug");
}

export type Signups = ReturnType<typeof createSignups>;

export function createSignups(deps: SignupsDeps) {
  const { database, passwords, sessions, invites, knownNetworks, squattedAddresses, tokenPairs, taken } = deps;

  /**
   * Locks the invite of a signup, and takes its address from an unused account that somebody else may have made with
   * it. Locks are taken in the order address, users, invite; other transactions take some of them in the same order.
   */
  async function takeInvite(tx: Executor, invite: InviteRow, email: string): Promise<Released | undefined> {
    const { tenant_id, created_by } = invite;
    const holder = await squattedAddresses.lockHolder(tx, invite);
    const users = await lockUsersInOrder(tx, [
      { tenant_id, user_id: created_by, strength: "share" },
      ...(holder === undefined ? [] : [{ ...holder, strength: "no key update" as const }]),
    ]);
    await invites.lock(tx, invite, users.get(created_by));
    return holder && squattedAddresses.release(tx, holder, email);
  }

  async function insertAccount(
    tx: Executor,
    owner: Owner,
    { display_name, timezone }: SignupInput,
    account: { email: string; phone: string | null; password_hash: string; invite: InviteRow | undefined },
  ): Promise<void> {
    const { email, phone, password_hash, invite } = account;
    const role = invite?.role ?? "owner";
    await insertUser(tx, {
      tenant_id: owner.tenant_id,
      id: owner.user_id,
      display_name,
      timezone: timezone ?? null,
      phone,
      role,
    });
    const isVerified = invite?.email === email;
    if (!(await insertLogin(tx, { ...owner, email, password_hash, isVerified }))) throw new AppError("email_taken");
    if (invite !== undefined) await setInviteUsed(tx, invite, owner.user_id);
  }

  return {
    async signup(origin: Origin, input: SignupInput) {
      const isTaken = taken === "open" || (taken === "invite" && input.invite_token !== undefined);
      if (!isTaken) throw new AppError("signup_closed");
      const email = input.email.toLowerCase();
      const phone = input.phone === undefined ? null : toE164(input.phone);
      // Cheap checks come before the hash. The invite is checked again when it is locked.
      const invite = input.invite_token === undefined ? undefined : await invites.get(input.invite_token, email);
      const tenant = invite && (await getTenant(database.executor, invite.tenant_id));
      const tenantName = tenant?.name ?? input.tenant_name ?? "";
      await passwords.refuseGuessable(input.password, [email, input.display_name, tenantName, tenant?.slug, phone]);
      const password_hash = await passwords.hash(input.password);
      let released: Released | undefined;

      const join = async (tx: Executor): Promise<BegunSession> => {
        released = invite && (await takeInvite(tx, invite, email));
        const tenant_id = invite?.tenant_id ?? (await createTenant(tx, tenantName));
        const owner = { tenant_id, user_id: uuidv7() };
        await insertAccount(tx, owner, input, { email, phone, password_hash, invite });
        await knownNetworks.add(tx, owner, origin.ip);
        return { ...owner, ...(await sessions.open(tx, owner, origin)) };
      };

      return tokenPairs.issue(async () => {
        const { tenant_id, user_id, session_id, ...begun } = await database.transaction(join);
        if (released !== undefined) squattedAddresses.announce(released, origin);
        if (invite !== undefined) {
          const { id: invite_id, role } = invite;
          logSecurityEvent(origin, "invite.used", { tenant_id, user_id, session_id, invite_id, role });
        }
        return { tenant_id, user_id, session_id, ...begun };
      });
    },
  };
}
