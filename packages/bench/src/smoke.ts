import { setTimeout as delay } from "node:timers/promises";
import { meet, type Person, part } from "./people.js";
import { removeFolder, startServer, temporaryFolder } from "./server.js";
import { createTexts } from "./texts.js";
import { interruption, runTool, say } from "./tool.js";

/** The limit of each step; a machine that is busy needs seconds for what takes another milliseconds. */
const stepMs = 60_000;

const report = (name: string, ms: number): void => say(`  ${name.padEnd(28)}${Math.round(ms)} ms`);

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const tooLate = delay(stepMs, undefined, { ref: false }).then(() => {
    throw new Error(`${name}: not done after ${stepMs} ms.`);
  });
  const result = await Promise.race([work(), tooLate, interruption]);
  report(name, performance.now() - begun);
  return result;
}

function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(`Expected ${what}.`);
}

/** One of everything that has parts of its own: password, socket, index, files. */
async function use(url: string, people: readonly [Person, Person]): Promise<void> {
  const [ada, grace] = people;
  const text = `${createTexts(1).sentence("latin")} Rhododendron`;
  const conversation = await step("create a conversation", () =>
    ada.vero.conversations.create({ type: "direct", participant_ids: [grace.id] }),
  );
  const { id } = conversation;
  const message = await step("send, and hear it", async () => {
    const sent = await ada.vero.messages.send({ conversation_id: id, client_message_id: "smoke", text });
    expect(await grace.inbox.holds(id, 1, stepMs), "the message at the other side");
    return sent;
  });
  await step("the page", async () => {
    const answer = await fetch(url, { headers: { accept: "text/html" } });
    const [, script = ""] = /<script[^>]* src="\.(\/assets\/[^"]+)"/.exec(await answer.text()) ?? [];
    expect((await fetch(`${url}${script}`)).ok && script !== "", "a page with its script");
  });
  await step("search", async () => {
    const { items } = await grace.vero.messages.search({ q: "rhododendron" });
    expect(items.length === 1 && items[0]?.message.id === message.id, "the message to be found, and nothing else");
  });
  await step("upload, and get it back", async () => {
    const bytes = Buffer.from("A few words.\n");
    const file = new File([bytes], "note.txt", { type: "text/plain" });
    const media = await ada.vero.media.upload(file);
    await ada.vero.messages.send({ conversation_id: id, client_message_id: "file", media_ids: [media.id] });
    const { cdn_url } = await grace.vero.media.get({ id: media.id });
    const answer = await fetch(cdn_url ?? "");
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes), "the file as it was sent");
  });
}

/** Starts the built server on an empty folder, uses it, and stops it: whether this build works on this Node. */
await runTool("smoke", async () => {
  say(`\n  Node ${process.version}`);
  const dataDir = await temporaryFolder();
  try {
    // It has a limit of its own, after which nothing of it is left.
    const server = await startServer(dataDir);
    report("start, on an empty folder", server.readyMs);
    let code: number | null = null;
    try {
      await Promise.race([
        server.lost,
        (async () => {
          const people = await step("sign up, connect", () => meet(server.url));
          await use(server.url, people);
          part(people);
        })(),
      ]);
    } finally {
      code = await step("stop", () => server.stop());
    }
    expect(code === 0, `the server to stop in good order, not with ${code}`);
  } finally {
    await removeFolder(dataDir);
  }
  return true;
});
