export { type MsgsrvConfig, readConfig } from "./config.js";
export { startCleaning } from "./media/cleaning.service.js";
export { createImages } from "./media/images.service.js";
export { startIndexing } from "./messages/indexing.service.js";
export type { MsgsrvContext } from "./msgsrv.context.js";
export { createMsgsrvServices, createRealtime } from "./msgsrv.js";
export { msgsrvRouters } from "./msgsrv.router.js";
export { serveMsgsrv } from "./serve.js";
