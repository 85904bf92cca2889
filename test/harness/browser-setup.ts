import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { findChromium } from "./chromium.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the browser that all tests share. */
    browserUrl: string;
  }
}

/** Starts one browser for the whole run. */
export default async function setup(project: TestProject) {
  const server = await chromium.launchServer({
    executablePath: findChromium() as string,
    // Pages of ours only; the sandbox needs rights that containers do not have.
    args: ["--no-sandbox"],
  });
  project.provide("browserUrl", server.wsEndpoint());
  return () => server.close();
}
