import { randomUUID } from "node:crypto";
import { always, shared, unnoticed } from "../blocks/policies.js";
import { sessionOf } from "../blocks/steps.js";
import { anEmail, logIn, passphrase } from "../harness/people.js";
import { expectOk, personIn } from "../roles/fixture.js";
import { administrators, everybody, nobodyMay, signedIn, takingPart } from "../roles/roles.js";
import type { RowsOf } from "./row.js";

export const auth: RowsOf<"auth"> = {
  signup: {
    request: () => ({ email: anEmail(), password: passphrase, display_name: "New", tenant_name: "New" }),
    roles: { "a new workspace": { answers: everybody("ok") } },
    blocks: { "a new workspace": { effects: unnoticed } },
  },
  login: {
    request: ({ account: { email, password } }) => ({ email, password }),
    roles: { "with credentials": { answers: everybody("ok") } },
    blocks: { "with credentials": { effects: unnoticed } },
  },
  refresh: {
    request: ({ refreshToken }) => ({ refresh_token: refreshToken }),
    roles: {
      "with a refresh token": {
        answers: everybody("ok"),
        on: async ({ workspace }) => ({ refreshToken: (await logIn(workspace.target)).refresh_token }),
      },
    },
    blocks: {
      "with a refresh token": {
        effects: unnoticed,
        on: async ({ actor }) => ({ refreshToken: (await logIn(actor)).refresh_token }),
      },
    },
  },
  logout: {
    request: () => ({}),
    endsSession: true,
    roles: { "of a session of their own": { answers: signedIn() } },
    blocks: { "of a session of their own": { effects: unnoticed } },
  },
  me: {
    request: () => ({}),
    roles: { themselves: { answers: signedIn() } },
    blocks: { themselves: { effects: unnoticed } },
  },
  update_profile: {
    request: () => ({ timezone: "Europe/Berlin" }),
    roles: { "their own": { answers: signedIn() } },
    received: {
      "a new name": {
        by: "member",
        with: () => ({ display_name: `Member ${randomUUID()}` }),
        receivers: { "user.updated": takingPart },
      },
      "another availability": {
        by: "member",
        with: { availability: "busy" },
        receivers: { "presence.changed": takingPart },
      },
    },
    blocks: {
      "their own name": {
        effects: shared,
        with: { display_name: "Actor, renamed" },
        events: { "user.updated": always },
      },
    },
  },
  change_password: {
    request: ({ account: { password } }) => ({ current_password: password, new_password: password }),
    roles: {
      "with a wrong password": {
        answers: nobodyMay("invalid_current_password"),
        with: { current_password: "not the password" },
      },
    },
    blocks: { "their own": { effects: unnoticed } },
  },
  create_invite: {
    request: () => ({ role: "member" }),
    roles: { "of a member": { answers: administrators("ok") } },
    blocks: { "of a member": { effects: unnoticed } },
  },
  list_invites: {
    request: () => ({}),
    roles: { "of their workspace": { answers: administrators("ok") } },
    blocks: { "of their workspace": { effects: unnoticed } },
  },
  revoke_invite: {
    request: ({ invite }) => ({ id: invite }),
    roles: {
      "of the workspace": {
        answers: administrators("invite_not_found"),
        on: async ({ invite }) => ({ invite: await invite() }),
      },
    },
    blocks: {
      "of the workspace": {
        effects: unnoticed,
        on: async ({ actor }) => ({
          invite: (await expectOk<{ id: string }>(actor, "POST /auth/invites", { role: "member" })).id,
        }),
      },
    },
  },
  list_sessions: {
    request: () => ({}),
    roles: { "their own": { answers: signedIn() } },
    blocks: { "their own": { effects: unnoticed } },
  },
  revoke_session: {
    request: ({ session }) => ({ id: session }),
    roles: {
      "one of their own": {
        answers: signedIn(),
        on: async (staged) => ({ session: await staged.session(personIn(staged)) }),
      },
      "somebody else's": {
        answers: nobodyMay("session_not_found"),
        on: async ({ session, workspace }) => ({ session: await session(workspace.target) }),
      },
    },
    blocks: {
      "one of their own": {
        effects: unnoticed,
        on: async ({ actor }) => ({ session: await sessionOf(actor) }),
      },
    },
  },
  update_member: {
    request: ({ user }) => ({ userId: user, role: "member" }),
    roles: { "of the workspace": { answers: administrators("user_not_found") } },
    blocks: { "the other's role": { effects: shared, with: { role: "agent" } } },
  },
};
