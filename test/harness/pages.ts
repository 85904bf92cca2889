import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import type { Person } from "./people.js";
import { type Stack, startStack } from "./stack.js";
import { waitMs } from "./waiting.js";

/** What a page has complained about: errors of scripts, and what its policy has refused. */
const complaints: string[] = [];

/** The storage of a browser in which somebody is signed in. */
const storageOf = (stack: Stack, person: Person): BrowserContextOptions => {
  const { token: access_token, refresh_token, id } = person;
  const tokens = { access_token, refresh_token, expires_in: 600, expires_at: Date.now() + 600_000, user: { id } };
  const localStorage = [{ name: "vero.tokens", value: JSON.stringify(tokens) }];
  return { storageState: { cookies: [], origins: [{ origin: stack.url, localStorage }] } };
};

function watched(page: Page): Page {
  page.setDefaultTimeout(waitMs);
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (line) => {
    // Requests that fail are part of some tests, and the browser says so.
    if (line.type() === "error" && !/Failed to load resource|WebSocket connection/.test(line.text())) {
      complaints.push(line.text());
    }
  });
  return page;
}

/** Serves the page for the tests of a file, and opens it in the browser. No page may complain about anything. */
export function usePages() {
  let stack: Stack | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack({ VERO_WEB: "on" }), chromium.connect(inject("browserUrl"))]);
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  return {
    stack: (): Stack => stack as Stack,

    /** Opens the page in a browser of its own, in which the person is signed in, or nobody. */
    async open(
      person?: Person,
      { at = "#/", ...options }: BrowserContextOptions & { at?: string } = {},
    ): Promise<Page> {
      const storage = person === undefined ? {} : storageOf(stack as Stack, person);
      const context = await (browser as Browser).newContext({ reducedMotion: "reduce", ...storage, ...options });
      const page = watched(await context.newPage());
      await page.goto(`${(stack as Stack).url}/${at}`);
      return page;
    },

    /** Opens a second tab beside a page. */
    async openTab(beside: Page): Promise<Page> {
      const page = watched(await beside.context().newPage());
      await page.goto(beside.url());
      return page;
    },
  };
}

/** Sends a message as a person does. */
export async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.getByLabel("Message", { exact: true }).press("Enter");
}

/** The messages that a page shows. */
export const messagesOf = (page: Page) => page.getByRole("log").getByRole("article");
