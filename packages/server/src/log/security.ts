import type { CallContext } from "../procedures/context.js";

/** The events of the security log that an operator may have to look into, with their levels. */
const levels = {
  "auth.failed": "warn",
  "auth.token_reused": "warn",
  "member.changed": "info",
  "invite.created": "info",
  "invite.used": "info",
  "invite.revoked": "info",
  "session.revoked": "info",
} as const;

export type SecurityEvent = keyof typeof levels;

/** The facts of a security event: ids and words of the contract, never e-mail addresses, texts or tokens. */
export interface SecurityFacts {
  tenant_id?: string | undefined;
  /** The user who is affected; `by` is the user who did it, where that is somebody else. */
  user_id?: string | undefined;
  by?: string | undefined;
  session_id?: string | undefined;
  session_ids?: readonly string[];
  invite_id?: string | undefined;
  invite_ids?: readonly string[];
  role?: string;
  role_before?: string;
  deactivated?: boolean;
  reason?: string;
}

/** Writes one line of the security log. The log of a call writes the id of its request by itself. */
export function logSecurityEvent(
  { log, ip }: Pick<CallContext, "log" | "ip">,
  event: SecurityEvent,
  facts: SecurityFacts,
): void {
  log[levels[event]]({ event, address: ip, ...facts }, event);
}
