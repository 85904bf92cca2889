import type { Kind, Maker } from "./moves.kinds.js";

const towards =
  (method: "POST" | "DELETE"): Maker =>
  ({ dice, people }) => {
    const [by, other] = dice.shuffled(people);
    return by && other && { by, operation: `${method} /v1/chat/users/${other.id}/block` };
  };

const changeProfile: Maker = (world) => {
  const { dice } = world;
  const by = dice.oneOf(world.people);
  const name = `${by?.me.display_name} ${world.text()}`;
  const body = dice.oneOf([
    { display_name: name },
    { avatar_url: `https://example.com/${world.words}.png` },
    { timezone: dice.oneOf(["Europe/Berlin", "Asia/Tokyo", null]) },
  ]);
  return by && body && { by, operation: "PATCH /auth/profile", body };
};

const changeTenantRole: Maker = ({ dice, people, founder }) => {
  const member = dice.oneOf(people);
  const role = dice.oneOf(["admin", "agent", "member"]);
  return member && { by: founder, operation: `PATCH /auth/members/${member.id}`, body: { role } };
};

export const userKinds: readonly Kind[] = [
  { operation: "auth.update_profile", weight: 4, make: changeProfile },
  { operation: "auth.update_member", weight: 2, make: changeTenantRole },
  { operation: "users.block", weight: 4, make: towards("POST") },
  { operation: "users.unblock", weight: 5, make: towards("DELETE") },
];
