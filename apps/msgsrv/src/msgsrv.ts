import { msgsrvContract } from "@vero/contracts";
import {
  allowedOriginsOf,
  clientAddressOf,
  createObjectStore,
  mountObjects,
  mountRoutes,
  onUpgrade,
  type Platform,
  quotaOf,
  type RouteOptions,
  type ShutdownSteps,
} from "@vero/server";
import type { FastifyInstance } from "fastify";
import type { MsgsrvConfig } from "./config.js";
import { createImages } from "./media/images.js";
import { startMediaCleanup } from "./media/media.cleanup.js";
import type { MsgsrvContext } from "./msgsrv.context.js";
import { createRealtime } from "./msgsrv.realtime.js";
import { createMsgsrvServices } from "./msgsrv.services.js";
import { startIndexing } from "./search/search.index.js";

export interface MsgsrvOptions {
  config: Omit<MsgsrvConfig, "DATABASE_URL" | "VERO_PUBLIC_URL">;
  /** Whether no other process has sockets of the same database. */
  isOnlyNode?: boolean;
}

/** Creates the messaging service without a process around it: its services, its routes, its sockets and its jobs. */
export async function createMsgsrv(platform: Platform, { config, isOnlyNode = false }: MsgsrvOptions) {
  const { database, bus, actors, limits, log, publicUrl, secrets } = platform;
  const objects = await createObjectStore({ config, publicUrl, log, ...secrets });
  const images = await createImages();
  const services = createMsgsrvServices({ database, bus, limits, objects, images, quota: quotaOf(config), log });
  return {
    services,

    /** Mounts REST, the files and the sockets, whose requests call the same router; returns how the sockets end. */
    async mount<C extends MsgsrvContext>(
      app: FastifyInstance,
      { router, contextOf }: Omit<RouteOptions<C>, "contract">,
    ): Promise<ShutdownSteps> {
      mountRoutes(app, { contract: msgsrvContract, router, contextOf });
      await mountObjects(app, objects);
      const realtime = createRealtime({
        database,
        bus,
        actors,
        limits,
        log,
        services,
        router,
        origins: [...allowedOriginsOf(config), new URL(publicUrl).origin],
        addressOf: (request) => clientAddressOf(request, config.VERO_TRUSTED_PROXIES),
        offlineAfterSeconds: config.VERO_OFFLINE_AFTER,
        isOnlyNode,
      });
      onUpgrade(app, realtime.upgrade);
      return { sockets: realtime.close, presence: realtime.leave };
    },

    /** Starts the jobs, and returns how they and the services end. */
    start(): ShutdownSteps {
      const indexing = startIndexing({ database, log });
      const mediaCleanup = startMediaCleanup({ database, objects, log });
      return {
        indexing: indexing.stop,
        mediaCleanup: mediaCleanup.stop,
        images: images.close,
        objects: () => objects.close(),
      };
    },
  };
}
