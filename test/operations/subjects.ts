import type { Subject } from "./row.js";

/** The direct conversation of a fixture, rather than its group. */
export const ofDirect = ({ direct }: { direct: string }): Partial<Subject> => ({ conversation: direct });
