import { type Kind, quiet } from "./game.js";

export const blockMoves: Kind[] = [
  {
    of: "users.block",
    weight: 3,
    make({ oracle, random }, by) {
      const other = random.chance(0.05) ? by : random.pick(oracle.users);
      return {
        what: `block ${other.name}`,
        expect: quiet(() => oracle.block(by, other)),
        operation: `POST /v1/chat/users/${other.id}/block`,
      };
    },
  },
  {
    of: "users.unblock",
    weight: 4,
    make({ oracle, random }, by) {
      const blocked = [...oracle.blockedBy(by)];
      const other = blocked.length > 0 && random.chance(0.8) ? random.pick(blocked) : random.pick(oracle.users);
      return {
        what: `unblock ${other.name}`,
        expect: quiet(() => oracle.unblock(by, other)),
        operation: `DELETE /v1/chat/users/${other.id}/block`,
      };
    },
  },
];
