import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readChat, readChats } from "../src/chats.js";
import { UsageError } from "../src/tool.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vero-chats-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const chat = {
  id: "tea",
  messages: [
    [1, "Tea?"],
    [2, "Tea."],
  ],
};

async function fileOf(...lines: string[]): Promise<string> {
  const file = join(folder, "chats.jsonl");
  await writeFile(file, lines.join("\n"));
  return file;
}

describe("a line", () => {
  it("is a conversation", () => {
    expect(readChat(JSON.stringify(chat))).toEqual(chat);
  });

  it.each([
    ["{", "is not JSON"],
    ["null", "needs an id of 1 to 100 characters"],
    [JSON.stringify({ ...chat, id: " " }), "needs an id of 1 to 100 characters"],
    [JSON.stringify({ ...chat, id: "x".repeat(101) }), "needs an id of 1 to 100 characters"],
    [JSON.stringify({ ...chat, messages: [] }), "needs messages"],
    [
      JSON.stringify({
        ...chat,
        messages: [
          [1, "Tea?"],
          [3, "Tea."],
        ],
      }),
      "messages[1] is not [1, text] or [2, text]",
    ],
    [JSON.stringify({ ...chat, messages: [[1, 2]] }), "messages[0] is not [1, text] or [2, text]"],
  ])("%s says why it is none", (line, why) => {
    expect(readChat(line)).toBe(why);
  });
});

describe("a file", () => {
  it("gives as many as asked for, and does not look at the rest", async () => {
    const file = await fileOf(JSON.stringify(chat), "", JSON.stringify({ ...chat, id: "two" }), "not read");
    expect(await readChats(file, 2)).toEqual([chat, { ...chat, id: "two" }]);
  });

  it("says which line is wrong", async () => {
    const file = await fileOf(JSON.stringify(chat), "wrong");
    await expect(readChats(file, 9)).rejects.toThrow(new UsageError(`${file}:2 is not JSON.`));
  });

  it("says that it is empty, or not there", async () => {
    await expect(readChats(await fileOf(""), 9)).rejects.toThrow("has no conversations");
    await expect(readChats(join(folder, "none"), 9)).rejects.toThrow("there is no such file");
  });
});
