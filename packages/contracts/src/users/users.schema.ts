import { z } from "zod";
import { httpsUrl, id, named, time } from "../kernel/fields.js";
import { rule } from "../kernel/issues.js";
import { nameText } from "../kernel/text.js";
import { timeZones } from "./time-zones.js";

const tenantRoles = ["owner", "admin", "agent", "member"] as const;
export const tenantRole = named(
  "TenantRole",
  "The role of a user, which decides what they may do in the workspace.",
  z.enum(tenantRoles),
);
export type TenantRole = z.infer<typeof tenantRole>;

export const displayName = nameText(100);
export const avatarUrl = httpsUrl.describe("https only; shown by clients, never fetched by the server.");

/** The name of an IANA time zone, such as `Europe/Berlin`, spelled as there. */
export const timezone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/, "must be an IANA time zone such as Europe/Berlin")
  .refine((zone) => timeZones.has(zone), rule("unknown_timezone", "must be an IANA time zone such as Europe/Berlin"))
  .meta({
    description:
      "The name of an IANA time zone, or a link to one, spelled as in the database of IANA; any other is refused.",
    examples: ["Europe/Berlin"],
  });

/** As people write it, with the country code; stored in E.164 (ITU-T E.164: at most 15 digits after the plus). */
export const phone = z
  .string()
  .max(32)
  .regex(/^\+[ ()./-]*[1-9](?:[ ()./-]*[0-9]){6,14}$/, "must be a phone number with country code")
  .meta({
    description:
      "With country code, such as +49 30 901820; normalised to E.164, which keeps the plus and the digits. A number that no country has is refused.",
    examples: ["+49 30 901820"],
  });

const userFields = {
  id,
  display_name: z.string(),
  avatar_url: z.string().nullable(),
  timezone: z.string().nullable(),
  role: tenantRole,
  is_online: z
    .boolean()
    .describe("Whether a socket is open, or was until a moment ago, whatever the availability. Across a block: false."),
  last_seen_at: time.nullable().describe("When the last socket had closed, the last time that the user went offline."),
  created_at: time,
};

export const user = named(
  "User",
  "A member of the workspace as others see them. Email and phone are never shown to others.",
  z.strictObject(userFields),
);
export type User = z.infer<typeof user>;

const tenant = named(
  "Tenant",
  "A workspace. Nothing in it is visible from another one.",
  z.strictObject({ id, name: z.string(), slug: z.string(), created_at: time }),
);

/** The availability that a user has chosen, as others see it. */
export const availability = named(
  "Availability",
  "The availability that agents set for themselves.",
  z.enum(["online", "busy", "offline"]),
);
export type Availability = z.infer<typeof availability>;

const meFields = {
  ...userFields,
  email: z.string(),
  phone: z.string().nullable(),
  availability: availability.describe("As chosen. Others are shown `offline` while no socket is open."),
  tenant,
};
export const me = named("Me", "The signed-in user.", z.strictObject(meFields));
export type Me = z.infer<typeof me>;

export const meWithSession = named(
  "MeWithSession",
  "The signed-in user and the session that the access token belongs to.",
  z.strictObject({ ...meFields, session_id: z.string() }),
);

export const block = named("Block", "A user whom the caller has blocked.", z.strictObject({ user, created_at: time }));
export type Block = z.infer<typeof block>;

export const agent = named(
  "Agent",
  "A user with the role owner, admin or agent.",
  z.strictObject({
    user,
    availability: availability.describe("As chosen; `offline` while the user is not online, and across a block."),
    open_conversation_count: z
      .int()
      .min(0)
      .describe("Conversations that the user takes part in, and has neither archived nor deleted for themselves."),
  }),
);

export const exampleIds = {
  tenant: "0199d0a3-5a10-7000-8000-0000000000a1",
  ada: "0199d0a3-5a10-7000-8000-0000000000b1",
  grace: "0199d0a3-5a10-7000-8000-0000000000b2",
  conversation: "0199d0a3-5a10-7000-8000-0000000000c1",
  message: "0199d0a3-5a10-7000-8000-0000000000d1",
  media: "0199d0a3-5a10-7000-8000-0000000000e1",
  invite: "0199d0a3-5a10-7000-8000-0000000000f1",
} as const;

const noon = "2026-03-01T12:00:00.000Z";
export const exampleUser: User = {
  id: exampleIds.grace,
  display_name: "Grace",
  avatar_url: null,
  timezone: "America/New_York",
  role: "member",
  is_online: true,
  last_seen_at: noon,
  created_at: noon,
};
export const exampleMe: Me = {
  ...exampleUser,
  id: exampleIds.ada,
  display_name: "Ada",
  role: "owner",
  timezone: "Europe/London",
  email: "ada@example.com",
  phone: null,
  availability: "online",
  tenant: { id: exampleIds.tenant, name: "Analytical Engines", slug: "analytical-engines", created_at: noon },
};
