import type { Conversation } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { refusesNonParticipants } from "../harness/access.js";
import { expectProblem } from "../harness/accounts.js";
import { createWorkspace, groupOf, invite, type Person, say } from "../harness/people.js";
import { startStack } from "../harness/stack.js";
import { useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
beforeAll(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
});

const setTyping = (by: Person, id: string, body?: object) =>
  by.call(`POST /v1/chat/conversations/${id}/typing`, body && { body });

describe("204", () => {
  it("is shown to the others for six seconds, and not to oneself", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [ada, grace], async (own, theirs) => {
      expect((await setTyping(ada, group.id)).status).toBe(204);
      const frame = await theirs.event("typing");
      expect(frame).toMatchObject({ conversation_id: group.id, data: { user_id: ada.id, is_typing: true } });
      expect(Date.parse(frame["data"].expires_at) - Date.parse(frame["at"])).toBe(6_000);
      // Ephemeral: it takes no number.
      expect(frame).not.toHaveProperty("s");
      await setTyping(ada, group.id, { is_typing: false });
      await theirs.event("typing", ({ data }) => data.is_typing === false);
      await say(ada, group.id, "done");
      await own.event("message.created");
      expect(own.events("typing")).toEqual([]);
    });
  });

  it("is dropped silently above one a second", async () => {
    const strict = await startStack({ VERO_RATE_LIMITS: "on", NODE_ENV: "production" });
    try {
      const ada = await createWorkspace(strict, "Ada");
      const grace = await invite(strict, ada, "Grace");
      const { id } = await groupOf(ada, [grace]);
      await withSockets(strict, [grace], async (theirs) => {
        const answers = await Promise.all(Array.from({ length: 5 }, () => setTyping(ada, id)));
        expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
        await say(ada, id, "after");
        await theirs.event("message.created");
        expect(theirs.events("typing").length).toBeLessThanOrEqual(2);
        expect(theirs.events("typing").length).toBeGreaterThan(0);
      });
    } finally {
      await strict.close();
    }
  });
});

describe("400", () => {
  it("validation_failed for what is no boolean", async () => {
    const { ada } = workspace;
    expectProblem(
      await ada.call<object>(`POST /v1/chat/conversations/${group.id}/typing`, { body: { is_typing: "false" } }),
      400,
      "validation_failed",
    );
  });
});

describe("404", () => {
  refusesNonParticipants(
    workspace,
    () => group,
    (id) => `POST /v1/chat/conversations/${id}/typing`,
  );
});
