export { readConfig, type StandaloneConfig } from "./config.js";
export { serveStandalone } from "./serve.js";
