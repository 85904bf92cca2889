import type { OperationName } from "../operations/contract.js";
import type { Known, Move, World } from "./world.js";

/** Makes a move; undefined where the world has nothing that it could be made on. */
export type Maker = (world: World) => Move | undefined;
/** A kind of move, with how often it is chosen. */
export interface Kind {
  operation: OperationName;
  weight: number;
  make: Maker;
}

export const pathOf = ({ id }: Known) => `/v1/chat/conversations/${id}` as const;
export const isGroup = ({ type }: Known): boolean => type === "group";

/** Makes a move in a conversation by one of its participants. */
export const ofConversation =
  (more: (world: World, known: Known) => Pick<Move, "operation" | "body">, fits?: (known: Known) => boolean): Maker =>
  (world) => {
    const picked = world.pick(fits);
    return picked && { by: picked.by, ...more(world, picked.known) };
  };

/** Makes a move in a group, mostly by the owner or an admin, if there is one. */
export const ofGroup =
  (more: (world: World, known: Known, by: string) => Pick<Move, "operation" | "body">): Maker =>
  (world) => {
    const picked = world.pick(isGroup);
    if (picked === undefined) return undefined;
    const { known } = picked;
    const ruling = [...known.roles].filter(([, role]) => role !== "member").map(([id]) => id);
    const by = world.dice.chance(0.85) ? (world.person(world.dice.oneOf(ruling)) ?? picked.by) : picked.by;
    return { by, ...more(world, known, by.id), done: () => world.noteRoles(known) };
  };
