import { run } from "@vero/server";
import { readConfig } from "./config.js";
import { serveGateway } from "./serve.js";

await run("The gateway", () => serveGateway(readConfig()));
