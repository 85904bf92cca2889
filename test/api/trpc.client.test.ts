import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { overview } from "../examples/trpc.js";
import { groupOf } from "../harness/people.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
const textOf = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

describe("the example of docs/trpc.md", () => {
  it("signs in, reads of both services in one batch, and finds the code of a refusal", async () => {
    const { ada, grace, stack } = workspace;
    const { id } = await groupOf(ada, [grace]);
    const { me, items, refusal } = await overview(stack.url, { email: ada.email, password: ada.password });
    expect(me.id).toBe(ada.id);
    expect(items.map((one) => one.id)).toContain(id);
    expect(refusal).toBe("conversation_not_found");
  });

  it("is what the page shows", () => {
    expect(textOf("../../docs/trpc.md")).toContain(textOf("../examples/trpc.ts"));
  });
});
