import { expect, it } from "vitest";
import { block, unblock } from "../harness/actions.js";
import { groupOf, invite } from "../harness/people.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

it("unblock: while both sides write in their groups, every call succeeds", async () => {
  const { ada, grace, stack } = workspace;
  const linus = await invite(stack, ada, "Linus");
  const groups = await Promise.all(upTo(4).map((n) => groupOf(ada, [grace, linus], `Group ${n}`)));
  const statuses: number[] = [];
  for (const round of upTo(12)) {
    const writing = upTo(4).flatMap((n) =>
      groups.flatMap(({ id }) =>
        [grace, linus].map(async (by) => {
          const body = { conversation_id: id, client_message_id: crypto.randomUUID(), text: `${round}.${n}` };
          const { status } = await by.call(`POST /v1/chat/messages/send`, { body });
          if (status !== 429) statuses.push(status);
        }),
      ),
    );
    const changing = (async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        statuses.push((await block(grace, linus)).status);
        statuses.push((await unblock(grace, linus)).status);
      }
    })();
    await Promise.all([...writing, changing]);
  }
  expect(new Set(statuses)).toEqual(new Set([200, 204]));
});
