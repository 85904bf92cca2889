import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { messagesOf, usePages, write } from "../harness/pages.js";
import { createWorkspace, directBetween, groupOf, invite, say } from "../harness/people.js";

const { open, openTab, stack } = usePages();

const seen = (locator: Locator): Promise<void> => locator.waitFor({ state: "visible" });

async function pair() {
  const ada = await createWorkspace(stack(), "Ada Lovelace");
  const grace = await invite(stack(), ada, "Grace Hopper");
  const { id } = await directBetween(ada, grace);
  return { ada, grace, id, at: `#/c/${id}` };
}

describe("the page", () => {
  it("takes a newcomer from nothing to a conversation with somebody who joins by a link", async () => {
    const ada = await open();
    await ada.getByRole("link", { name: "Create a workspace" }).click();
    await ada.getByLabel("Name of the workspace").fill("Analytical Engines");
    await ada.getByLabel("Your name").fill("Ada Lovelace");
    await ada.getByLabel("E-mail").fill("ada@example.com");
    await ada.getByLabel("Password").fill("a long passphrase");
    await ada.getByRole("button", { name: "Create workspace" }).click();
    await ada.getByRole("main").getByRole("button", { name: "Invite people" }).click();
    await ada.getByRole("button", { name: "Create invite link" }).click();
    const link = await ada.getByLabel("Invite link").inputValue();
    await ada.getByRole("button", { name: "Close" }).click();

    const grace = await open(undefined, { at: new URL(link).hash });
    await grace.getByLabel("Your name").fill("Grace Hopper");
    await grace.getByLabel("E-mail").fill("grace@example.com");
    await grace.getByLabel("Password").fill("a long passphrase");
    await grace.getByRole("button", { name: "Join" }).click();
    await seen(grace.getByRole("heading", { name: "Analytical Engines" }));

    await ada.getByRole("main").getByRole("button", { name: "New conversation" }).click();
    await ada.getByRole("checkbox", { name: "Grace Hopper" }).check();
    await ada.getByRole("button", { name: "Write", exact: true }).click();
    await write(ada, "Welcome aboard!");
    await grace.getByRole("link", { name: /Ada Lovelace/ }).click();
    await seen(messagesOf(grace).getByText("Welcome aboard!"));
  });

  it("shows two people each other's messages, typing, reactions, replies, edits and deletions, live", async () => {
    const { ada, grace, at } = await pair();
    const [a, g] = await Promise.all([open(ada, { at }), open(grace, { at })]);
    await write(a, "Shall we meet at three?");
    const received = messagesOf(g).filter({ hasText: "Shall we meet at three?" });
    await seen(received);

    await g.getByLabel("Message", { exact: true }).pressSequentially("Yes");
    await seen(a.getByText("Grace Hopper is typing…"));
    await seen(messagesOf(a).getByText("Read", { exact: true }));

    await received.hover();
    await received
      .getByRole("button", { name: /^React with/ })
      .first()
      .click();
    await seen(messagesOf(a).getByRole("button", { name: /1: Grace Hopper/ }));

    await received.hover();
    await received.getByRole("button", { name: "Reply" }).click();
    await write(g, "Three is fine");
    await seen(
      messagesOf(a)
        .filter({ hasText: "Three is fine" })
        .getByRole("button", { name: /^Reply to/ }),
    );

    await g.getByLabel("Message", { exact: true }).press("ArrowUp");
    await write(g, "Four is better");
    await seen(messagesOf(a).getByText("(edited)"));

    const mine = messagesOf(g).filter({ hasText: "Four is better" });
    await mine.hover();
    await mine.getByRole("button", { name: "More" }).click();
    await g.getByRole("menuitem", { name: "Delete" }).click();
    await g.getByRole("button", { name: "Delete for everyone" }).click();
    await seen(messagesOf(a).getByText("Message deleted"));
  });

  it("sends a file with a thumbnail, which opens in the viewer", async () => {
    const { ada, grace, at } = await pair();
    const [a, g] = await Promise.all([open(ada, { at }), open(grace, { at })]);
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC",
      "base64",
    );
    await a.locator('input[type="file"]').setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: png });
    await a.getByRole("button", { name: "Send" }).click();
    await g.getByRole("button", { name: "Open dot.png" }).click();
    await seen(g.getByRole("dialog", { name: "dot.png" }));
  });

  it("finds a message by its words, and goes to it however far back it is", async () => {
    const ada = await createWorkspace(stack(), "Ada Lovelace");
    const { id } = await groupOf(ada, [await invite(stack(), ada, "Grace Hopper")], "Engines");
    await say(ada, id, "the rhododendron is in bloom");
    for (let count = 0; count < 120; count += 1) await say(ada, id, `line ${count}`);
    const page = await open(ada);
    await page.getByLabel("Search", { exact: true }).fill("rhododendron");
    const hit = page.getByRole("link", { name: /in Engines/ });
    expect(await hit.locator("mark").textContent()).toBe("rhododendron");
    await hit.click();
    await seen(messagesOf(page).getByText("the rhododendron is in bloom"));
  });

  it("keeps what could not be sent over a reload, and sends it when the server is there again", async () => {
    const { ada, grace, at } = await pair();
    const [a, g] = await Promise.all([open(ada, { at }), open(grace, { at })]);
    await write(a, "before");
    await seen(messagesOf(g).getByText("before"));
    const context = a.context();
    await context.routeWebSocket(/messaging/, (socket) => socket.close());
    await context.route("**/v1/**", (route) => route.abort());
    await a.reload();
    await write(a, "kept in the outbox");
    await seen(a.getByRole("article", { name: "Not sent yet" }).getByText("kept in the outbox"));
    await a.reload();
    await seen(a.getByRole("article", { name: "Not sent yet" }).getByText("kept in the outbox"));
    await context.unroute("**/v1/**");
    await a.reload();
    await seen(messagesOf(g).getByText("kept in the outbox"));
    await a.getByRole("article", { name: "Not sent yet" }).waitFor({ state: "detached" });
    expect(await messagesOf(g).getByText("kept in the outbox").count()).toBe(1);
  });

  it("signs all tabs out when one signs out", async () => {
    const { ada, at } = await pair();
    const first = await open(ada, { at });
    await seen(first.getByLabel("Message", { exact: true }));
    const second = await openTab(first);
    await seen(second.getByLabel("Message", { exact: true }));
    await first.getByRole("button", { name: /Workspace of Ada/ }).click();
    await first.getByRole("menuitem", { name: "Sign out" }).click();
    await seen(first.getByRole("button", { name: "Sign in" }));
    await seen(second.getByRole("button", { name: "Sign in" }));
  });
});
