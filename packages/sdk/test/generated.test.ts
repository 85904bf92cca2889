import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { generatedFiles } from "../scripts/generated-files.js";
import { asyncapi, openapi } from "./documents.js";

const folder = new URL("../src/generated/", import.meta.url);

/** Generates the frames after a change of asyncapi.json. */
const framesAfter = async (change: (document: typeof asyncapi) => void): Promise<string> => {
  const changed = structuredClone(asyncapi);
  change(changed);
  return (await generatedFiles(openapi, changed))["frames.ts"] ?? "";
};

describe("the generated files", () => {
  test("are those of the documents, and no others (npm run generate)", async () => {
    const files = await generatedFiles(openapi, asyncapi);
    expect(await readdir(folder)).toEqual(Object.keys(files).sort());
    for (const [name, text] of Object.entries(files)) {
      expect.soft(await readFile(new URL(name, folder), "utf8"), name).toBe(text);
    }
  });

  test("follow the version of the protocol", async () => {
    const text = await framesAfter(({ components }) => {
      components.schemas["HelloFrame"]!.properties!["protocol"]!.const = 2;
    });
    expect(text).toContain("export const protocolVersion = 2;");
  });

  test("follow the close codes, and whether to connect again after them", async () => {
    const text = await framesAfter(({ channels }) => {
      const codes = channels.socket["x-close-codes"];
      codes.push({ code: 4010, reason: "maintenance", meaning: "the node is being replaced", reconnect: true });
      codes.find(({ reason }) => reason === "auth_timeout")!.reconnect = true;
    });
    expect(text).toContain('4010: { reason: "maintenance"; reconnect: true };');
    expect(text).toContain('4505: { reason: "auth_timeout"; reconnect: true };');
  });

  test("have a new frame among those of the side that sends it", async () => {
    const withFrame = (action: "send" | "receive") =>
      framesAfter(({ components, operations }) => {
        components.schemas["NoticeFrame"] = { properties: { t: { const: "notice" } } };
        components.messages["notice"] = { name: "notice", payload: { $ref: "#/components/schemas/NoticeFrame" } };
        operations["notify"] = { action, messages: [{ $ref: "#/channels/socket/messages/notice" }] };
      });
    expect(await withFrame("send")).toMatch(/ServerFrame = .*NoticeFrame.* \| AnyEvent;/);
    expect(await withFrame("receive")).toMatch(/ClientFrame = .*NoticeFrame;/);
  });

  const lacking: [string, (document: typeof asyncapi) => void][] = [
    [
      "close codes",
      ({ channels }) => {
        channels.socket["x-close-codes"] = [];
      },
    ],
    [
      "protocol",
      ({ components }) => {
        delete components.schemas["HelloFrame"]!.properties!["protocol"];
      },
    ],
    [
      "frames",
      (document) => {
        document.operations = {};
      },
    ],
  ];
  test.each(lacking)("are not made of a document that has no %s", async (what, change) => {
    await expect(framesAfter(change)).rejects.toThrow(new RegExp(` no ${what}`));
  });
});
