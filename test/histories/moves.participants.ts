import { isGroup, type Kind, ofGroup, pathOf } from "./moves.kinds.js";

export const participantKinds: readonly Kind[] = [
  {
    operation: "participants.add",
    weight: 8,
    make: ofGroup(({ dice, people }, known) => ({
      operation: `POST ${pathOf(known)}/participants`,
      body: {
        user_ids: dice.some(people, 2).map(({ id }) => id),
        history: dice.oneOf(["all", "from_join"]),
        role: dice.chance(0.8) ? "member" : "admin",
      },
    })),
  },
  {
    operation: "participants.remove",
    weight: 4,
    make: ofGroup(({ dice }, known) => ({
      operation: `DELETE ${pathOf(known)}/participants/${dice.oneOf([...known.roles.keys()])}`,
    })),
  },
  {
    operation: "participants.remove",
    weight: 3,
    make: (world) => {
      const picked = world.pick(isGroup);
      if (picked === undefined) return undefined;
      const { by, known } = picked;
      return {
        by,
        operation: `DELETE ${pathOf(known)}/participants/${by.id}`,
        done: () => world.noteRoles(known),
      };
    },
  },
  {
    operation: "participants.update",
    weight: 4,
    make: ofGroup(({ dice }, known) => ({
      operation: `PATCH ${pathOf(known)}/participants/${dice.oneOf([...known.roles.keys()])}`,
      body: { role: dice.oneOf(["admin", "admin", "member", "member", "owner"]) },
    })),
  },
];
