import type { CallContext, createBases } from "@vero/server";
import type { Auth } from "./auth/auth.service.js";
import type { Invites } from "./auth/invites.service.js";
import type { Members } from "./auth/members.service.js";
import type { Profiles } from "./auth/profiles.service.js";
import type { Sessions } from "./auth/sessions.service.js";
import type { Signups } from "./auth/signups.service.js";
import type { Messaging } from "./messaging/messaging.service.js";

export interface GatewayServices {
  auth: Auth;
  signups: Signups;
  profiles: Profiles;
  sessions: Sessions;
  invites: Invites;
  members: Members;
  messaging: Messaging;
}

/** The context of the gateway's operations: the call, and the services. */
export interface GatewayContext extends CallContext, GatewayServices {}

export type GatewayBases = ReturnType<typeof createBases<GatewayContext>>["bases"];
