import { isAbsolute, relative } from "node:path";
import { run } from "@vero/server";
import { readConfig, type StandaloneConfig } from "./config.js";
import { serveStandalone } from "./serve.js";

/** Shortens a path below the folder from which the process was started. */
function shown(path: string): string {
  const short = relative(process.env["INIT_CWD"] ?? process.cwd(), path);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}

function bannerOf(config: StandaloneConfig, url: string): string {
  const base = url.replace("127.0.0.1", "localhost");
  const data = config.DATABASE_URL === undefined ? shown(config.VERO_DATA_DIR) : "the database of DATABASE_URL";
  return [
    "",
    "  Vero Chat is ready.",
    "",
    ...(config.VERO_WEB === "on" ? [`  Chat    ${base}`] : []),
    `  API     ${base}/openapi.json`,
    `  Docs    ${base}/docs`,
    `  Socket  ${base.replace(/^http/, "ws")}/v1/messaging/ws`,
    `  Data    ${data}`,
    "",
    "  Stop with Ctrl-C.",
    "",
    "",
  ].join("\n");
}

await run("Vero Chat", async () => {
  const config = readConfig();
  const service = await serveStandalone(config);
  // Logs are collected in production, a line an entry; there the entry of the start has the address.
  if (config.NODE_ENV !== "production") process.stdout.write(bannerOf(config, service.url));
  return service;
});
