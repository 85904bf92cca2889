import { animations } from "./animations.js";
import type { Attack } from "./attack.js";
import { lists } from "./lists.js";
import { searches } from "./searches.js";
import { syncs } from "./syncs.js";

/** Every attack by its name: a file each, beside this one. */
export const attacks: Record<string, Attack> = { searches, syncs, lists, animations };
