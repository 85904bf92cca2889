import { Parser } from "@asyncapi/parser";
import { beforeAll, describe, expect, it } from "vitest";
import { emitAsyncApi } from "../src/emit/asyncapi.js";
import { clientMessages, eventMessages, serverMessages } from "../src/emit/frames.js";
import { socketOperations } from "../src/emit/operations.js";
import { clientFrames, closeCodes, events, serverFrames } from "../src/index.js";
import { committed } from "./committed.js";
import { schemaChecker } from "./schema-checker.js";

const document = emitAsyncApi();
const frames = [...clientMessages, ...serverMessages, ...eventMessages];

describe("asyncapi.json", () => {
  it("is what the contract makes (npm run generate)", () => {
    expect(committed("asyncapi.json")).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });

  describe("as its own parser sees it", () => {
    let diagnostics: Awaited<ReturnType<Parser["parse"]>>["diagnostics"];
    beforeAll(async () => {
      diagnostics = (await new Parser().parse(committed("asyncapi.json"))).diagnostics;
    });

    it("has neither errors nor warnings", () => {
      expect(diagnostics.filter(({ severity }) => severity <= 1)).toEqual([]);
    });
  });

  it("has every frame and every event as a message", () => {
    const names = [...Object.keys(clientFrames), ...Object.keys(serverFrames), ...Object.keys(events)];
    expect(Object.keys(document.components.messages)).toEqual(names);
    expect(Object.keys(document.channels.socket.messages)).toEqual(names);
  });

  it("has every message in an operation, with its direction", () => {
    const used = { send: new Set<string>(), receive: new Set<string>() };
    for (const operation of Object.values(document.operations)) {
      const direction = operation.action as "send" | "receive";
      for (const { $ref } of operation.messages) used[direction].add($ref.split("/").at(-1) as string);
      const reply = "reply" in operation ? operation.reply.messages : [];
      for (const { $ref } of reply) used.send.add($ref.split("/").at(-1) as string);
    }
    expect([...used.receive].sort()).toEqual(Object.keys(clientFrames).sort());
    expect([...used.send].sort()).toEqual([...Object.keys(serverFrames), ...Object.keys(events)].sort());
  });

  it("names the operations that a req frame may call", () => {
    const op = document.components.schemas["ReqFrame"]?.properties?.["op"];
    expect(op).toEqual({ type: "string", enum: socketOperations.map(({ name }) => name) });
  });

  it("explains every close code, and whether to connect again", () => {
    const codes = document.channels.socket["x-close-codes"];
    expect(codes.map(({ code }) => code)).toEqual(Object.values(closeCodes));
    for (const { code, reconnect } of codes) expect(reconnect).toBe(code < 4500);
  });

  it("closes what clients send and leaves open what the server sends", () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      const isClient = clientMessages.some(({ schemaName }) => schemaName === name);
      if (schema.type === "object")
        expect([name, schema.additionalProperties]).toEqual([name, isClient ? false : undefined]);
    }
  });
});

describe("the examples of", () => {
  const check = schemaChecker(document);

  it.each(frames.map((frame) => [frame.name, frame] as const))("%s", (_, { schema, schemaName, examples }) => {
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(schema.safeParse(example).error).toBeUndefined();
      expect(check(`#/components/schemas/${schemaName}`, example)).toEqual([]);
    }
  });
});
