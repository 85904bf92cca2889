import { animations } from "./animations.js";
import { anonymous } from "./anonymous.js";
import type { Attack } from "./attack.js";
import { drip } from "./drip.js";
import { lists } from "./lists.js";
import { readers } from "./readers.js";
import { searches } from "./searches.js";
import { syncs } from "./syncs.js";
import { unread } from "./unread.js";

/** Every attack by its name: a file each, beside this one. */
export const attacks: Record<string, Attack> = {
  searches,
  syncs,
  lists,
  animations,
  unread,
  drip,
  anonymous,
  readers,
};
