import type { contract, ErrorCode } from "@vero/contracts";

type Contract = typeof contract;
export type OperationName = { [R in keyof Contract]: `${R}.${keyof Contract[R] & string}` }[keyof Contract];

/** The roles that call an operation on a group. Those below `ex_member` take part in it. */
export const roles = [
  "anonymous",
  /** The owner of another workspace. */
  "other_tenant",
  /** A member of the same workspace who was never in the group. */
  "outsider",
  /** The owner of the workspace, never in the group: nobody has rights in conversations that they do not take part in. */
  "workspace_owner",
  /** Removed from the group. */
  "ex_member",
  "member",
  /** An admin of the workspace, and a plain member of the group. */
  "workspace_admin",
  "admin",
  "owner",
] as const;
export type Role = (typeof roles)[number];

/** An answer: success, a refusal, or a success in which the only item has failed. */
export type Cell = "ok" | ErrorCode | `failed ${ErrorCode}`;
export type Row = Readonly<Record<Role, Cell>>;

const everybody = (cell: Cell): Row => ({
  anonymous: cell,
  other_tenant: cell,
  outsider: cell,
  workspace_owner: cell,
  ex_member: cell,
  member: cell,
  workspace_admin: cell,
  admin: cell,
  owner: cell,
});

const nobodyMay = (cell: Cell): Row => ({ ...everybody(cell), anonymous: "unauthenticated" });

const signedIn = (exceptions: Partial<Row> = {}): Row => ({
  ...everybody("ok"),
  anonymous: "unauthenticated",
  ...exceptions,
});

/** The answers of what only participants may call; for all others it does not exist. */
const participants = (absent: Cell, exceptions: Partial<Row> = {}): Row =>
  signedIn({ other_tenant: absent, outsider: absent, workspace_owner: absent, ex_member: absent, ...exceptions });

const inGroup = (exceptions: Partial<Row> = {}): Row => participants("conversation_not_found", exceptions);
const ofMessage = (exceptions: Partial<Row> = {}): Row => participants("message_not_found", exceptions);

/** The direct conversation is between the group's member and its admin. */
const inDirect = (cell: Cell): Row => ({
  ...nobodyMay("conversation_not_found"),
  member: cell,
  admin: cell,
});

const notPlain = { member: "forbidden", workspace_admin: "forbidden" } as const;
const onlyOwner = { ...notPlain, admin: "forbidden" } as const;
const nobody = { ...onlyOwner, owner: "forbidden" } as const;

/** The answers of what only the workspace's owner and admins may call, on something of their workspace. */
const administrators = (elsewhere: Cell): Row => ({
  ...nobodyMay("forbidden"),
  other_tenant: elsewhere,
  workspace_owner: "ok",
  workspace_admin: "ok",
});

/** The answers to each role, by operation and, where it matters, by the case of what it is called on. */
export const operationRows = {
  "auth.signup": { "a new workspace": everybody("ok") },
  "auth.login": { "with credentials": everybody("ok") },
  "auth.refresh": { "with a refresh token": everybody("ok") },
  "auth.logout": { "of a session of their own": signedIn() },
  "auth.me": { themselves: signedIn() },
  "auth.update_profile": { "their own": signedIn() },
  "auth.change_password": { "with a wrong password": nobodyMay("invalid_current_password") },
  "auth.create_invite": { "of a member": administrators("ok") },
  "auth.list_invites": { "of their workspace": administrators("ok") },
  "auth.revoke_invite": { "of the workspace": administrators("invite_not_found") },
  "auth.list_sessions": { "their own": signedIn() },
  "auth.revoke_session": {
    "one of their own": signedIn(),
    "somebody else's": nobodyMay("session_not_found"),
  },
  "auth.update_member": { "of the workspace": administrators("user_not_found") },
  "messaging.token": { "their own": signedIn() },

  "conversations.list": { all: signedIn() },
  "conversations.create": {
    "a group with somebody of the workspace": signedIn({ other_tenant: "unknown_users" }),
    "a direct one with somebody of the workspace": signedIn({ other_tenant: "unknown_users" }),
  },
  "conversations.get": { "the group": inGroup(), "the direct one": inDirect("ok") },
  "conversations.update": {
    "the group": inGroup(notPlain),
    "the direct one": inDirect("direct_conversation_immutable"),
  },
  "conversations.delete": {
    "the group for me": inGroup(),
    "the group for everyone": inGroup({ member: "forbidden", admin: "forbidden" }),
    "the direct one for me": inDirect("ok"),
    "the direct one for everyone": inDirect("ok"),
  },
  "conversations.mark_read": { "in the group": inGroup(), "in the direct one": inDirect("ok") },
  "conversations.set_typing": { "in the group": inGroup(), "in the direct one": inDirect("ok") },
  "conversations.mute": { "the group": inGroup() },
  "conversations.unmute": { "the group": inGroup() },
  "conversations.archive": { "the group": inGroup() },
  "conversations.unarchive": { "the group": inGroup() },
  "conversations.list_unread": { all: signedIn() },

  "participants.list": { "of the group": inGroup(), "of the direct one": inDirect("ok") },
  "participants.add": {
    "to the group": inGroup(notPlain),
    "to the direct one": inDirect("direct_conversation_immutable"),
  },
  "participants.remove": {
    "a member": inGroup(notPlain),
    "an admin": inGroup(onlyOwner),
    // The owner leaves by doing so.
    "the owner": inGroup(onlyOwner),
    themselves: inGroup(),
    "somebody who is not in it": inGroup(notPlain),
    "a side of the direct one": inDirect("direct_conversation_immutable"),
  },
  "participants.update": {
    "a member to admin": inGroup(onlyOwner),
    "a member to owner": inGroup(onlyOwner),
    "an admin to member": inGroup(onlyOwner),
    "the owner to admin": inGroup(nobody),
    "somebody who is not in it": inGroup({ ...onlyOwner, owner: "participant_not_found" }),
    "a side of the direct one": inDirect("direct_conversation_immutable"),
  },

  "messages.send": { "to the group": inGroup(), "to the direct one": inDirect("ok") },
  "messages.list": { "of the group": inGroup() },
  "messages.sync": { "of the group": signedIn() },
  "messages.get": { "of the group": ofMessage() },
  "messages.list_edits": { "of a message in the group": ofMessage() },
  "messages.edit": { "their own": ofMessage(), "somebody else's": ofMessage(nobody) },
  "messages.delete": {
    "somebody else's for me": ofMessage(),
    "their own for everyone": ofMessage(),
    "somebody else's for everyone": ofMessage(notPlain),
    "a system message for everyone": ofMessage(nobody),
  },
  "messages.react": { "to a message in the group": ofMessage() },
  "messages.forward": {
    "from the group": ofMessage(),
    "to the group": participants("failed conversation_not_found"),
  },
  "messages.search": { everywhere: signedIn(), "in the group": inGroup() },

  "users.list": { all: signedIn() },
  "users.search": { "by name": signedIn() },
  "users.list_agents": { all: signedIn() },
  "users.block": { "somebody of the workspace": signedIn({ other_tenant: "user_not_found" }) },
  "users.unblock": { "somebody of the workspace": signedIn({ other_tenant: "user_not_found" }) },
  "users.list_blocks": { "their own": signedIn() },

  "media.create_upload_url": { "for a file": signedIn() },
  "media.confirm": {
    "their own": signedIn(),
    "somebody else's": nobodyMay("media_not_found"),
  },
  "media.get": { "of a message in the group": participants("media_not_found") },
} as const satisfies Record<OperationName, Readonly<Record<string, Row>>>;

export type Case<O extends OperationName> = keyof (typeof operationRows)[O] & string;
