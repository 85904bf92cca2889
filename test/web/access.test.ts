import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { messagesOf, usePages, write } from "../harness/pages.js";
import { createWorkspace, groupOf, invite, say } from "../harness/people.js";

const { open, stack } = usePages();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary: string }[];
}

/** Looks a page through with axe; answers what would keep somebody from using it. */
async function findings(page: Page): Promise<string[]> {
  // Through the debugger: the policy of the page would refuse it as a script.
  await page.evaluate(axe);
  const { violations } = (await page.evaluate("axe.run()")) as { violations: Violation[] };
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}

async function engines() {
  const ada = await createWorkspace(stack(), "Ada Lovelace");
  const grace = await invite(stack(), ada, "Grace Hopper");
  const { id } = await groupOf(ada, [grace], "Engines");
  const message = await say(grace, id, "Good morning, see https://example.com and @Ada Lovelace", {
    mentions: [ada.id],
  });
  await ada.call(`POST /v1/chat/messages/${message.id}/reactions`, { body: { emoji: "👍" } });
  await say(ada, id, "Morning!", { reply_to_message_id: message.id });
  return { ada, grace, id };
}

describe.each(["light", "dark"] as const)("the page in the %s theme", (colorScheme) => {
  it("has no serious finding before somebody signs in", async () => {
    const page = await open(undefined, { colorScheme });
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("link", { name: "Create a workspace" }).click();
    await page.getByRole("button", { name: "Create workspace" }).waitFor();
    expect(await findings(page)).toEqual([]);
  });

  it("has no serious finding in conversations, details, people and settings, and on a phone", async () => {
    const { ada, id } = await engines();
    const page = await open(ada, { colorScheme, at: `#/c/${id}`, viewport: { width: 1440, height: 900 } });
    await messagesOf(page).getByText("Morning!").waitFor();
    await page.getByRole("button", { name: "Details", exact: true }).click();
    await page.getByRole("list", { name: "Participants" }).getByText("Grace Hopper").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "People", exact: true }).click();
    await page.getByRole("list", { name: "People" }).getByText("Grace Hopper").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.getByRole("button", { name: /Workspace of Ada/ }).click();
    await page.getByRole("menuitem", { name: "Settings" }).click();
    await page.getByLabel("Name", { exact: true }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.getByRole("button", { name: "Close details" }).click();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Back" }).click();
    await page.getByRole("link", { name: /Engines/ }).waitFor();
    expect(await findings(page)).toEqual([]);
  });
});

describe("the keyboard alone", () => {
  it("signs in, finds a conversation, writes, edits, and goes to the next conversation", async () => {
    const { ada, grace } = await engines();
    const other = await groupOf(ada, [grace], "Second");
    await say(grace, other.id, "over here");
    const page = await open();
    await page.getByLabel("E-mail").focus();
    await page.keyboard.type(ada.email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(ada.password);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: /Engines/ }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Engines");
    await page.getByRole("heading", { name: "Conversations" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Engines", level: 1 }).waitFor();
    await page.keyboard.type("Helo");
    await page.keyboard.press("Enter");
    await messagesOf(page).getByText("Helo", { exact: true }).waitFor();
    // Until then it has no number, and is not edited.
    await page.getByRole("article", { name: "Not sent yet" }).waitFor({ state: "hidden" });
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("lo");
    await page.keyboard.press("Enter");
    await messagesOf(page)
      .getByText(/^Hello/)
      .waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByRole("heading", { name: "Second", level: 1 }).waitFor();
    await write(page, "here I am");
    await messagesOf(page).getByText("here I am").waitFor();
  });
});
