import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { demoArguments } from "../src/arguments.js";
import { UsageError } from "../src/tool.js";

describe("the arguments of the demo", () => {
  it("are the live chat on the usual port when there are none", () => {
    expect(demoArguments([], {})).toEqual({ url: "http://localhost:3000", help: false, replay: undefined });
  });

  it("name a file as seen from where npm was called", () => {
    const { replay } = demoArguments(["--chats", "chats.jsonl", "--limit", "20"], { INIT_CWD: "/elsewhere" });
    expect(replay).toEqual({ file: resolve("/elsewhere/chats.jsonl"), limit: 20 });
  });

  it("replay the whole file without a limit", () => {
    expect(demoArguments(["--chats=/a.jsonl"], {}).replay).toEqual({ file: resolve("/a.jsonl"), limit: Infinity });
  });

  it("replay as many made conversations as the limit says, without a file", () => {
    expect(demoArguments(["--limit", "3"], {}).replay).toEqual({ file: undefined, limit: 3 });
  });

  it("take the server from VERO_URL", () => {
    expect(demoArguments([], { VERO_URL: "https://chat.example.com" }).url).toBe("https://chat.example.com");
  });

  it.each<[string, string[], NodeJS.ProcessEnv, RegExp]>([
    ["an unknown option", ["--chat"], {}, /Unknown option '--chat'/],
    ["a stray word", ["chats.jsonl"], {}, /Unexpected argument/],
    ["a file that is not named", ["--chats"], {}, /argument missing/],
    ["an empty name", ["--chats", ""], {}, /name of a file/],
    ["a limit of none", ["--chats", "a", "--limit", "0"], {}, /above 0: 0/],
    ["a limit in letters", ["--chats", "a", "--limit", "1e3"], {}, /above 0: 1e3/],
    ["an address that is none", [], { VERO_URL: "localhost:3000" }, /VERO_URL is not/],
  ])("refuse %s", (_, args, env, message) => {
    expect(() => demoArguments(args, env)).toThrow(UsageError);
    expect(() => demoArguments(args, env)).toThrow(message);
  });
});
