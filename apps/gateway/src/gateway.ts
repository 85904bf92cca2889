import { gatewayContract, maxAuthRequestBytes } from "@vero/contracts";
import { type CallContext, fileOrigins, mountRoutes, type Platform, type RouteOptions } from "@vero/server";
import type { FastifyInstance } from "fastify";
import { createAuth } from "./auth/auth.service.js";
import { createGuesses } from "./auth/guesses.service.js";
import { createInvites } from "./auth/invites.service.js";
import { createKnownNetworks, type KnownNetworks } from "./auth/known-networks.service.js";
import { createMembers } from "./auth/members.service.js";
import { createPasswords } from "./auth/passwords.service.js";
import { createProfiles } from "./auth/profiles.service.js";
import { createRefreshTokens } from "./auth/refresh-tokens.service.js";
import { createSessions } from "./auth/sessions.service.js";
import { createSignups, type TakenSignups } from "./auth/signups.service.js";
import { createSquattedAddresses } from "./auth/squatted-addresses.service.js";
import { createTokenPairs } from "./auth/token-pairs.service.js";
import type { GatewayConfig } from "./config.js";
import { mountDocs } from "./docs/docs.js";
import { createPublisher } from "./events/events.publisher.js";
import type { GatewayServices } from "./gateway.context.js";
import { startMaintenance } from "./maintenance/maintenance.js";
import { createMessaging } from "./messaging/messaging.service.js";
import { mountWeb } from "./web/web.js";

function createServices(
  { database, tokens, actors, limits, bus, publicUrl, secrets }: Platform,
  { knownNetworks, taken }: { knownNetworks: KnownNetworks; taken: TakenSignups },
): GatewayServices {
  const refreshTokens = createRefreshTokens(secrets);
  const passwords = createPasswords();
  const publish = createPublisher({ bus });
  const sessions = createSessions({ database, publish, actors, refreshTokens });
  const profiles = createProfiles({ database, publish });
  const invites = createInvites({ database });
  const guesses = createGuesses({ limits });
  const squattedAddresses = createSquattedAddresses({ sessions });
  const tokenPairs = createTokenPairs({ tokens, profiles });
  return {
    sessions,
    profiles,
    invites,
    signups: createSignups({
      database,
      passwords,
      sessions,
      invites,
      knownNetworks,
      squattedAddresses,
      tokenPairs,
      taken,
    }),
    auth: createAuth({ database, guesses, passwords, sessions, knownNetworks, tokenPairs }),
    members: createMembers({ database, sessions, profiles }),
    messaging: createMessaging({ tokens, publicUrl }),
  };
}

/** The settings of signups, and of the page at `/`. */
export type OwnConfig = Pick<
  GatewayConfig,
  "VERO_SIGNUP" | "VERO_WEB" | "S3_BUCKET" | "S3_REGION" | "S3_ENDPOINT" | "S3_PUBLIC_URL"
>;

/** Creates the gateway without a process around it: its services, its routes and its maintenance. */
export function createGateway(platform: Platform, config: OwnConfig) {
  const { database, keyring, log, secrets } = platform;
  const knownNetworks = createKnownNetworks({ database, secrets });
  const services = createServices(platform, { knownNetworks, taken: config.VERO_SIGNUP });
  return {
    services,

    /** Mounts REST, the key set, the documents and the page on an instance that may carry other routes as well. */
    async mount<C extends CallContext & GatewayServices>(
      app: FastifyInstance,
      { router, contextOf }: Omit<RouteOptions<C>, "contract">,
    ): Promise<void> {
      await app.register(async (scope) => {
        scope.addHook("onRoute", (route) => {
          if (route.url.startsWith("/auth/")) route.bodyLimit = maxAuthRequestBytes;
        });
        mountRoutes(scope, { contract: gatewayContract, router, contextOf });
      });
      app.get("/.well-known/jwks.json", async (_request, reply) => {
        reply.headers({ "cache-control": "public, max-age=300", "content-type": "application/jwk-set+json" });
        // Sent as bytes: a text would be given a charset, which this type does not have (RFC 7517 section 8.5).
        return Buffer.from(JSON.stringify(await keyring.jwks()));
      });
      mountDocs(app);
      mountWeb(app, {
        isOn: config.VERO_WEB === "on",
        origins: { publicUrl: platform.publicUrl, files: fileOrigins(config) },
      });
    },

    /** Creates the first signing key; from then on, rotates keys and deletes old sessions and networks. */
    start: () => startMaintenance({ database, keyring, sessions: services.sessions, knownNetworks, log }),
  };
}
