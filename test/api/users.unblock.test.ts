import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { block, unblock } from "../harness/actions.js";
import { conversationOf, receivedUntilNow } from "../harness/observe.js";
import { directBetween, groupOf, invite, type Person } from "../harness/people.js";
import { useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let blocker: Person;
beforeEach(async () => {
  blocker = await invite(workspace.stack, workspace.ada, "Blocker");
});

const blocksOf = async (person: Person): Promise<unknown[]> =>
  (await person.call<{ items: unknown[] }>("GET /v1/chat/blocks")).body.items;

describe("204", () => {
  it("is delivered to own sessions alone, once, with what may be done again", async () => {
    const { grace, stack } = workspace;
    const { id } = await directBetween(blocker, grace);
    const { id: group } = await groupOf(blocker, [grace]);
    await block(blocker, grace);
    await withSockets(stack, [blocker, grace], async (own, theirs) => {
      expect((await unblock(blocker, grace)).status).toBe(204);
      expect((await unblock(blocker, grace)).status).toBe(204);
      expect((await own.event("block.removed"))["data"]).toEqual({ user_id: grace.id });
      const state = await own.event("conversation.state_updated");
      expect(state).toMatchObject({ conversation_id: id, data: { capabilities: ["send", "delete_for_everyone"] } });
      expect((await conversationOf(blocker, id)).me.capabilities).toEqual(["send", "delete_for_everyone"]);
      await receivedUntilNow(blocker, group, [own, theirs]);
      expect(own.events("block.removed")).toHaveLength(1);
      expect(theirs.events("block.removed")).toEqual([]);
    });
    expect(await blocksOf(blocker)).toEqual([]);
  });

  it("says nothing where there was no block", async () => {
    const { grace, stack } = workspace;
    const { id } = await groupOf(blocker, [grace]);
    await withSockets(stack, [blocker, grace], async (...sockets) => {
      expect((await unblock(blocker, grace)).status).toBe(204);
      for (const received of await receivedUntilNow(blocker, id, sockets)) expect(received).toEqual([]);
    });
  });

  it("says nothing to who unblocks themselves", async () => {
    expect((await unblock(blocker, blocker)).status).toBe(204);
  });

  it("is the blocker's alone: who is blocked unblocks nobody", async () => {
    await block(blocker, workspace.grace);
    expect((await unblock(workspace.grace, blocker)).status).toBe(204);
    expect(await blocksOf(blocker)).toHaveLength(1);
  });
});

describe("400", () => {
  it("validation_failed for what is no id", async () => {
    expectProblem((await unblock(blocker, { id: "nobody" })) as never, 400, "validation_failed");
  });
});

describe("404", () => {
  it.each([
    ["an unknown user", () => randomUUID()],
    ["somebody of another workspace", () => workspace.stranger.id],
  ])("user_not_found for %s", async (_, idOf) => {
    expectProblem((await unblock(blocker, { id: idOf() })) as never, 404, "user_not_found");
  });
});
