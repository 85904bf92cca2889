import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { benchArguments } from "../src/benchmarks/arguments.js";
import { benchmarks } from "../src/benchmarks/registry.js";
import { UsageError } from "../src/tool.js";

describe("the arguments of bench", () => {
  it("are all benchmarks without any", () => {
    const names = Object.keys(benchmarks);
    expect(benchArguments([], {})).toMatchObject({ names, seconds: 4, messages: 50_000, dataDir: undefined });
  });

  it("name benchmarks, times and files as seen from where npm was called", () => {
    const args = ["sends", "--seconds", "9", "--messages", "2000", "--json", "out.json"];
    const expected = { names: ["sends"], seconds: 9, messages: 2_000, json: resolve("/elsewhere/out.json") };
    expect(benchArguments(args, { INIT_CWD: "/elsewhere" })).toMatchObject(expected);
  });

  it("only load where they say so", () => {
    expect(benchArguments(["load", "--data", "/d"], {})).toMatchObject({ names: [], dataDir: resolve("/d") });
  });

  it.each<[string, string[], RegExp]>([
    ["an unknown benchmark", ["sent"], /No such benchmark: sent/],
    ["an unknown option", ["--second"], /Unknown option '--second'/],
    ["no seconds", ["--seconds", "0"], /from 1: 0/],
    ["fewer messages than conversations", ["--messages", "999"], /from 1000: 999/],
    ["a load that would be gone at once", ["load"], /needs --data/],
    ["a load beside a benchmark", ["load", "sends", "--data", "/d"], /stands alone/],
  ])("refuse %s", (_, args, message) => {
    expect(() => benchArguments(args, {})).toThrow(UsageError);
    expect(() => benchArguments(args, {})).toThrow(message);
  });
});
