export { type MsgsrvConfig, readConfig } from "./config.js";
export type { MsgsrvContext } from "./msgsrv.context.js";
export { createMsgsrv } from "./msgsrv.js";
export { msgsrvRouters } from "./msgsrv.router.js";
export { startIndexing } from "./search/search.index.js";
export { serveMsgsrv } from "./serve.js";
