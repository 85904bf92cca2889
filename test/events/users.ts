import { randomUUID } from "node:crypto";
import { say } from "../harness/people.js";
import { type Attempt, type CasesOf, type Fixture, must, type Role } from "./fixture.js";

const ofBlock = (method: "POST" | "DELETE", fixture: Fixture, by: Role, who: Role): Attempt => ({
  by,
  operation: `${method} /v1/chat/users/${fixture[who].id}/block`,
});
export const usersCases: CasesOf<"users"> = {
  block: [
    {
      name: "the other side of a direct conversation",
      change: (fixture) => ofBlock("POST", fixture, "owner", "member"),
      again: 204,
      refused: (fixture) => ({ ...ofBlock("POST", fixture, "owner", "owner"), status: 400 }),
      receives: { owner: ["block.created", "conversation.state_updated"] },
    },
  ],
  unblock: [
    {
      name: "the other side of a direct conversation, who has received no event of how far one has read since",
      async prepare(fixture) {
        await must(fixture, ofBlock("POST", fixture, "owner", "member"));
        const operation = `POST /v1/chat/conversations/${fixture.group.id}/read` as const;
        const { seq } = await say(fixture.admin, fixture.group.id, "to all");
        await must(fixture, { by: "owner", operation, body: { seq } });
      },
      change: (fixture) => ofBlock("DELETE", fixture, "owner", "member"),
      again: 204,
      refused: () => ({ by: "owner", operation: `DELETE /v1/chat/users/${randomUUID()}/block`, status: 404 }),
      receives: { owner: ["block.removed", "conversation.state_updated"], member: ["conversation.read"] },
    },
  ],
};
