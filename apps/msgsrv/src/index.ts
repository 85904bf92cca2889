export { type MsgsrvConfig, readConfig } from "./config.js";
export { createImages } from "./media/images.js";
export { startMediaCleanup } from "./media/media.cleanup.js";
export type { MsgsrvContext } from "./msgsrv.context.js";
export { createMsgsrvServices, createRealtime } from "./msgsrv.js";
export { msgsrvRouters } from "./msgsrv.router.js";
export { startIndexing } from "./search/search.index.js";
export { serveMsgsrv } from "./serve.js";
