import type { Cell } from "../operations/contract.js";

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

/** The roles that take part in the group. */
export const takingPart = ["member", "workspace_admin", "admin", "owner"] as const satisfies readonly Role[];

/** The answers of an operation to each role. */
export type Answers = Readonly<Record<Role, Cell>>;

export const everybody = (cell: Cell): Answers => ({
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

export const nobodyMay = (cell: Cell): Answers => ({ ...everybody(cell), anonymous: "unauthenticated" });

export const signedIn = (exceptions: Partial<Answers> = {}): Answers => ({
  ...everybody("ok"),
  anonymous: "unauthenticated",
  ...exceptions,
});

/** The answers of what only participants may call; for all others it does not exist. */
export const onlyParticipants = (absent: Cell, exceptions: Partial<Answers> = {}): Answers =>
  signedIn({ other_tenant: absent, outsider: absent, workspace_owner: absent, ex_member: absent, ...exceptions });

export const inGroup = (exceptions: Partial<Answers> = {}): Answers =>
  onlyParticipants("conversation_not_found", exceptions);
export const ofMessage = (exceptions: Partial<Answers> = {}): Answers =>
  onlyParticipants("message_not_found", exceptions);

/** The direct conversation is between the group's member and its admin. */
export const inDirect = (cell: Cell): Answers => ({
  ...nobodyMay("conversation_not_found"),
  member: cell,
  admin: cell,
});

export const notPlain = { member: "forbidden", workspace_admin: "forbidden" } as const;
export const onlyOwner = { ...notPlain, admin: "forbidden" } as const;
export const nobody = { ...onlyOwner, owner: "forbidden" } as const;

/** The answers of what only the workspace's owner and admins may call, on something of their workspace. */
export const administrators = (elsewhere: Cell): Answers => ({
  ...nobodyMay("forbidden"),
  other_tenant: elsewhere,
  workspace_owner: "ok",
  workspace_admin: "ok",
});
