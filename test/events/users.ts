import { randomUUID } from "node:crypto";
import { say } from "../harness/people.js";
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
        const { seq } = await say(scene.admin, scene.group.id, "to all");
        await must(scene, { by: "owner", operation, body: { seq } });
      },
      change: (scene) => ofBlock("DELETE", scene, "owner", "member"),
      again: 204,
      refused: () => ({ by: "owner", operation: `DELETE /v1/chat/users/${randomUUID()}/block`, status: 404 }),
      hears: { owner: ["block.removed", "conversation.state_updated"], member: ["conversation.read"] },
    },
  ],
};
