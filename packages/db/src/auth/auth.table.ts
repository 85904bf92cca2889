import {
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, tenantId } from "../connection/columns.js";
import { tenantRole, users } from "../users/users.table.js";

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** Email → tenant and user: the one table that is looked up before the tenant is known. */
export const logins = pgTable(
  "logins",
  {
    /** Lower case. */
    email: text().primaryKey(),
    tenant_id: tenantId(),
    user_id: uuid().notNull(),
    password_hash: text().notNull(),
    password_changed_at: instant().notNull().defaultNow(),
    /** When whoever signed up showed an invite made out to this address; null where nobody has shown anything. */
    verified_at: instant(),
  },
  (table) => [
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    uniqueIndex("logins_by_user").on(table.tenant_id, table.user_id),
  ],
);

export const sessions = pgTable(
  "sessions",
  {
    id: text().primaryKey(),
    tenant_id: tenantId(),
    user_id: uuid().notNull(),
    /** SHA-256 of the refresh secret in force; the secret itself is never stored. */
    refresh_hash: bytea().notNull(),
    /** Its number in the session, counted from 0. */
    generation: integer().notNull().default(0),
    /** SHA-256 of the secret just replaced, honoured until the one in force has been used. */
    previous_hash: bytea(),
    /** The newest generation of which an access token has been presented. */
    used_generation: integer().notNull().default(0),
    rotated_at: instant().notNull().defaultNow(),
    /** Moves with every use; `ends_at` does not. */
    expires_at: instant().notNull(),
    ends_at: instant().notNull(),
    revoked_at: instant(),
    ip: text(),
    user_agent: text(),
    created_at: instant().notNull().defaultNow(),
  },
  (table) => [
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    index("sessions_by_user").on(table.tenant_id, table.user_id),
    index("sessions_by_expiry").on(table.expires_at),
  ],
);

/** The networks that a user has signed in from: guesses from elsewhere do not shut them out there. */
export const knownNetworks = pgTable(
  "known_networks",
  {
    tenant_id: tenantId(),
    user_id: uuid().notNull(),
    /** An HMAC of the user and the network (IPv4 address, or /64), under a key derived from the deployment's secret. */
    network_hash: bytea().notNull(),
    last_login_at: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.user_id, table.network_hash] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    index("known_networks_by_age").on(table.last_login_at),
  ],
);

export const invites = pgTable(
  "invites",
  {
    tenant_id: tenantId(),
    id: uuid().notNull(),
    token_hash: bytea().notNull().unique(),
    role: tenantRole().notNull(),
    email: text(),
    created_by: uuid().notNull(),
    created_at: instant().notNull().defaultNow(),
    expires_at: instant().notNull(),
    used_at: instant(),
    used_by: uuid(),
    revoked_at: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    foreignKey({ columns: [table.tenant_id, table.created_by], foreignColumns: [users.tenant_id, users.id] }),
    foreignKey({ columns: [table.tenant_id, table.used_by], foreignColumns: [users.tenant_id, users.id] }),
    index("invites_by_creator").on(table.created_by, table.tenant_id),
  ],
);

/** The keys that sign access tokens. The private half is encrypted with the deployment's secret. */
export const signingKeys = pgTable("signing_keys", {
  kid: text().primaryKey(),
  public_jwk: jsonb().notNull().$type<Record<string, unknown>>(),
  /** A JWE (RFC 7516). */
  private_jwe: text().notNull(),
  /** Published from creation on, used from here on, so that verifiers have it before they need it. */
  active_from: instant().notNull(),
  created_at: instant().notNull().defaultNow(),
});
