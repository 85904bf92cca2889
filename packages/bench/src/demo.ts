import { demoArguments, usage } from "./arguments.js";
import { type Chat, makeChats, readChats } from "./chats.js";
import { chatLive } from "./live.js";
import { meet, part } from "./people.js";
import { replayChats } from "./replay.js";
import { isReady, withServer } from "./server.js";
import { summarise } from "./summary.js";
import { interruption, runTool, say, UsageError } from "./tool.js";

async function perform(url: string, chats: Chat[] | undefined): Promise<boolean> {
  const people = await meet(url);
  try {
    if (chats === undefined) return await chatLive(people);
    return summarise(await replayChats(chats, people), people);
  } finally {
    part(people);
  }
}

await runTool("demo", async () => {
  const { url, help, replay } = demoArguments(process.argv.slice(2), process.env);
  if (help) {
    say(usage);
    return true;
  }
  // Read first: a mistake in the file should not cost the start of a server.
  const chats =
    replay?.file === undefined ? replay && makeChats(replay.limit) : await readChats(replay.file, replay.limit);
  if (await isReady(url)) {
    say(`\n  On the server at ${url}.\n`);
    return Promise.race([perform(url, chats), interruption]);
  }
  if (process.env["VERO_URL"]) throw new UsageError(`No server answers at VERO_URL, ${url}.`);
  say(`\n  No server answers at ${url}: one is started, and gone when this ends.\n`);
  return withServer((own) => perform(own, chats));
});
