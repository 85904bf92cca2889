import { z } from "zod";
import { id, named, time } from "../kernel/fields.js";
import { rule } from "../kernel/issues.js";
import { chars, newPassword } from "../kernel/text.js";
import { exampleIds, exampleMe, me, tenantRole } from "../users/users.schema.js";

const mailbox = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/**
 * Case-insensitive; stored in lower case. Internationalised domains are accepted in their ASCII form (`xn--…`), which
 * is why this is not zod's own pattern: that one wants letters only behind the last dot.
 */
export const email = z
  .email({
    pattern: new RegExp(`^${mailbox}(?:\\.${mailbox})*@(?:${label}\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])$`),
  })
  .max(254)
  .refine(
    (address) => address.indexOf("@") <= 64,
    rule("invalid_format", "must have at most 64 characters before the @"),
  )
  .meta({ examples: ["ada@example.com"] });

/** NIST SP 800-63B: length instead of composition rules; what is easy to guess is refused. */
export const password = newPassword(8, 128).describe(
  "Normalised (RFC 8265, OpaqueString: NFC, other spaces as U+0020), and counted so.",
);

/** A password that somebody types to prove who they are: in NFD it has up to four characters for one of NFC. */
export const typedPassword = chars(1, 512);

export const authTokens = named(
  "AuthTokens",
  "The tokens of a signed-in client: a short-lived access token and the refresh token that renews it, once.",
  z.strictObject({
    access_token: z.string().describe("A JWT (RFC 9068, EdDSA) for the Authorization header."),
    token_type: z.literal("Bearer"),
    expires_in: z.int().describe("Seconds until the access token expires."),
    refresh_token: z.string().describe("Opaque. Each use replaces it; keep only the newest."),
    user: me,
  }),
);

export const sessionId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .meta({ minLength: 1, maxLength: 64 });

export const session = named(
  "Session",
  "A sign-in of the user, on one device.",
  z.strictObject({
    id: sessionId,
    is_current: z.boolean(),
    ip: z.string().nullable().describe("The address that the session was last refreshed from."),
    user_agent: z.string().nullable(),
    created_at: time,
    last_used_at: time,
    expires_at: time.describe("When the session ends unless it is refreshed before."),
  }),
);

const inviteFields = {
  id,
  role: tenantRole,
  email: z.string().nullable().describe("When set, only this address can use the invite."),
  expires_at: time,
};
export const invite = named(
  "Invite",
  "An open invitation into the workspace.",
  z.strictObject({ ...inviteFields, created_by: id, created_at: time }),
);
export const createdInvite = named(
  "CreatedInvite",
  "A new invitation with its token, which is shown only here.",
  z.strictObject({ ...inviteFields, token: z.string() }),
);

export const exampleTokens: z.infer<typeof authTokens> = {
  access_token: "eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
  token_type: "Bearer",
  expires_in: 600,
  refresh_token: "vrt_example",
  user: exampleMe,
};
export const exampleInvite = {
  id: exampleIds.invite,
  role: "member",
  email: null,
  expires_at: "2026-03-08T12:00:00.000Z",
} as const;
