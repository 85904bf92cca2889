import { z } from "zod";
import { absent, given, id, nothing, optional, page, paging, withDefault } from "../kernel/fields.js";
import { rule } from "../kernel/issues.js";
import { mutation, query } from "../kernel/procedure.js";
import { rateTable } from "../kernel/rates.js";
import { chars, nameText } from "../kernel/text.js";
import {
  availability,
  avatarUrl,
  displayName,
  exampleIds,
  exampleMe,
  exampleUser,
  me,
  meWithSession,
  phone,
  tenantRole,
  timezone,
  user,
} from "../users/users.schema.js";
import {
  authTokens,
  createdInvite,
  email,
  exampleInvite,
  exampleTokens,
  invite,
  password,
  session,
  sessionId,
  typedPassword,
} from "./auth.schema.js";

const { login_failure: near, login_failure_account: all } = rateTable;
/** How often somebody may be wrong about a password. */
const failures = `After ${near.points} failures in ${near.seconds / 60} minutes an address has to wait before it tries the same account again. After ${all.points} in ${all.seconds / 60} minutes, wherever they came from, so has everybody who never signed in to the account from where they are.`;

const noon = "2026-03-01T12:00:00.000Z";

export const authContract = {
  signup: mutation({
    access: "public",
    rest: "POST /auth/signup",
    summary: "Create an account and a workspace",
    description:
      "With `tenant_name` a new workspace is created and the user owns it; with `invite_token` the user joins the workspace of the invite, with its role, if whoever made the invite may still give it. Exactly one of the two. A server may be set to take no new workspaces, or no new accounts at all: `signup_closed`.\n\nNobody has to prove that an email is theirs, except with an invite made out to it. Such an invite therefore wins over an account that has the email, was made without one more than a day ago, and was evidently never used since: that account loses the email, its session ends, and it is deactivated; its workspace stays as it is, with nobody in it. Any other account keeps its email: `email_taken`.\n\nThe password must not be easy to guess for somebody who knows the email, the phone number, and the names of the user and the workspace.",
    input: z
      .strictObject({
        email,
        password,
        display_name: displayName,
        tenant_name: optional(nameText(100)),
        invite_token: optional(chars(1, 200)),
        phone: optional(phone),
        timezone: optional(timezone),
      })
      .refine(
        (input) => input.tenant_name !== undefined || input.invite_token !== undefined,
        rule("one_of_required", "give either tenant_name or invite_token", { path: ["tenant_name"] }),
      )
      .refine(
        (input) => input.tenant_name === undefined || input.invite_token === undefined,
        rule("mutually_exclusive", "give either tenant_name or invite_token", { path: ["tenant_name"] }),
      )
      .meta({
        if: given("tenant_name"),
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { properties: { invite_token: absent } },
        else: given("invite_token"),
      }),
    output: authTokens,
    errors: ["email_taken", "invalid_invite", "password_too_common", "signup_closed"],
    rate: "signup",
    example: {
      input: {
        email: "ada@example.com",
        password: "a long passphrase",
        display_name: "Ada",
        tenant_name: "Analytical Engines",
      },
      output: exampleTokens,
    },
  }),
  login: mutation({
    access: "public",
    rest: "POST /auth/login",
    summary: "Exchange credentials for an access token and a refresh token",
    description: `An unknown email, a wrong password and a deactivated account get the same answer in the same time. ${failures}`,
    input: z.strictObject({ email, password: typedPassword }),
    output: authTokens,
    errors: ["invalid_credentials"],
    rate: "login",
    example: { input: { email: "ada@example.com", password: "a long passphrase" }, output: exampleTokens },
  }),
  refresh: mutation({
    access: "public",
    rest: "POST /auth/refresh",
    summary: "Rotate the access token",
    description:
      "Answers a new access token and a new refresh token. The token just replaced may be sent again, and gets the same successor, for as long as nobody has used that (neither refreshed it nor presented an access token that came with it: the reply was lost), and for 10 seconds in any case (two tabs). After that, and for any older one, the session is revoked (RFC 9700 section 4.14.2).",
    input: z.strictObject({ refresh_token: chars(1, 300) }),
    output: authTokens,
    errors: ["invalid_refresh_token", "token_reused"],
    rate: "refresh",
    example: { input: { refresh_token: "vrt_example" }, output: exampleTokens },
  }),
  logout: mutation({
    access: "session",
    rest: "POST /auth/logout",
    summary: "Revoke the current refresh token",
    description: "The access tokens of the session are refused within a second everywhere, and its sockets close.",
    input: z.strictObject({ all_sessions: withDefault(z.boolean(), false).describe("End every session of the user.") }),
    output: nothing,
    status: 204,
    errors: [],
    example: { input: { all_sessions: false } },
  }),
  me: query({
    access: "session",
    rest: "GET /auth/me",
    summary: "The authenticated user and workspace",
    input: z.strictObject({}),
    output: meWithSession,
    errors: [],
    example: { input: {}, output: { ...exampleMe, session_id: "mzcx3v5q7w2k4r6t" } },
  }),
  update_profile: mutation({
    access: "session",
    rest: "PATCH /auth/profile",
    summary: "Display name, avatar, timezone, phone, availability",
    description:
      "Fields left out stay as they are; `null` clears. Others in the user's conversations see `user.updated`; of another availability, while the user is online, `presence.changed`.",
    input: z.strictObject({
      display_name: optional(displayName),
      avatar_url: avatarUrl.nullable().optional(),
      timezone: timezone.nullable().optional(),
      phone: phone.nullable().optional(),
      availability: optional(availability),
    }),
    output: me,
    errors: [],
    example: { input: { display_name: "Ada" }, output: exampleMe },
  }),
  change_password: mutation({
    access: "session",
    rest: "POST /auth/change-password",
    summary: "Change the account password",
    description:
      "Ends every other session of the user. The new password must not be easy to guess, as for `auth.signup`.",
    input: z.strictObject({ current_password: typedPassword, new_password: password }),
    output: nothing,
    status: 204,
    errors: ["invalid_current_password", "password_too_common"],
    rate: "change_password",
    example: { input: { current_password: "a long passphrase", new_password: "a longer passphrase" } },
  }),
  create_invite: mutation({
    access: "session",
    rest: "POST /auth/invites",
    summary: "Invite someone into the workspace",
    description:
      "Owners and admins; only owners may invite owners. The token is shown once and works once, while whoever made it may still give the role. With `email` it works only for a signup with that email, which then counts as verified. Nobody reads mail here: that means no more than that whoever signed up was given the token.",
    input: z.strictObject({
      role: tenantRole,
      email: optional(email),
      expires_in_hours: withDefault(z.int().min(1).max(720), 168).describe("How long the invite can be used."),
    }),
    output: createdInvite,
    errors: ["forbidden"],
    example: { input: { role: "member" }, output: { ...exampleInvite, token: "vin_example" } },
  }),
  list_invites: query({
    access: "session",
    rest: "GET /auth/invites",
    summary: "Open invites, newest first",
    description: "Owners and admins.",
    input: z.strictObject({ ...paging }),
    output: page(invite),
    errors: ["forbidden"],
    rate: "list",
    share: "list",
    example: {
      input: {},
      output: { items: [{ ...exampleInvite, created_by: exampleIds.ada, created_at: noon }], next_cursor: null },
    },
  }),
  revoke_invite: mutation({
    access: "session",
    rest: "DELETE /auth/invites/:id",
    summary: "Revoke an invite",
    description: "Owners and admins. Idempotent for an invite that is revoked or used already.",
    input: z.strictObject({ id }),
    output: nothing,
    status: 204,
    errors: ["forbidden", "invite_not_found"],
    example: { input: { id: exampleIds.invite } },
  }),
  list_sessions: query({
    access: "session",
    rest: "GET /auth/sessions",
    summary: "Where the caller is signed in, newest first",
    input: z.strictObject({ ...paging }),
    output: page(session),
    errors: [],
    rate: "list",
    share: "list",
    example: {
      input: {},
      output: {
        items: [
          {
            id: "mzcx3v5q7w2k4r6t",
            is_current: true,
            ip: "203.0.113.7",
            user_agent: "Mozilla/5.0",
            created_at: noon,
            last_used_at: noon,
            expires_at: "2026-03-15T12:00:00.000Z",
          },
        ],
        next_cursor: null,
      },
    },
  }),
  revoke_session: mutation({
    access: "session",
    rest: "DELETE /auth/sessions/:id",
    summary: "End one of the caller's sessions",
    input: z.strictObject({ id: sessionId }),
    output: nothing,
    status: 204,
    errors: ["session_not_found"],
    example: { input: { id: "mzcx3v5q7w2k4r6t" } },
  }),
  update_member: mutation({
    access: "session",
    rest: "PATCH /auth/members/:userId",
    summary: "Change a member's role, deactivate or reactivate them",
    description:
      "Owners and admins; only owners may make, change or deactivate owners. Deactivating ends the sessions and sockets of the user and keeps their name in history. A lower role, deactivating and reactivating revoke the open invites that the user has made.",
    input: z.strictObject({
      userId: id,
      role: optional(tenantRole),
      deactivated: optional(z.boolean()),
    }),
    output: user,
    errors: ["forbidden", "user_not_found", "last_owner"],
    example: { input: { userId: exampleIds.grace, role: "agent" }, output: { ...exampleUser, role: "agent" } },
  }),
};
