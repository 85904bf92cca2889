import { run } from "@vero/server";
import { readConfig } from "./config.js";
import { serveMsgsrv } from "./serve.js";

await run("The messaging service", () => serveMsgsrv(readConfig()));
