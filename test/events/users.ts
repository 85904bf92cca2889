import { randomUUID } from "node:crypto";
import { type Attempt, type CasesOf, must, type Role, type Scene } from "./scene.js";

const ofBlock = (method: "POST" | "DELETE", scene: Scene, by: Role, who: Role): Attempt => ({
  by,
  operation: `${method} /v1/chat/users/${scene[who].id}/block`,
});
export const usersCases: CasesOf<"users"> = {
  block: [
    {
      name: "the other side of a direct conversation",
      change: (scene) => ofBlock("POST", scene, "owner", "member"),
      again: 204,
      refused: (scene) => ({ ...ofBlock("POST", scene, "owner", "owner"), status: 400 }),
      hears: { owner: ["block.created", "conversation.state_updated"] },
    },
  ],
  unblock: [
    {
      name: "the other side of a direct conversation, who has not been told how far one has read since",
      async prepare(scene) {
        await must(scene, ofBlock("POST", scene, "owner", "member"));
        const operation = `POST /v1/chat/conversations/${scene.group.id}/read` as const;
        await must(scene, { by: "owner", operation, body: { seq: 2 } });
      },
      change: (scene) => ofBlock("DELETE", scene, "owner", "member"),
      again: 204,
      refused: () => ({ by: "owner", operation: `DELETE /v1/chat/users/${randomUUID()}/block`, status: 404 }),
      hears: {
        // Of the group and of the direct conversation.
        owner: ["block.removed", "conversation.read", "conversation.read", "conversation.state_updated"],
        member: ["conversation.read", "conversation.read"],
      },
    },
  ],
};
