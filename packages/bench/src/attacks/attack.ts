import type { Member } from "./members.js";

interface AttackContext {
  /** Where the server answers; loopback only. */
  url: string;
  /** The members of one workspace who attack, the first of them its owner. */
  attackers: readonly Member[];
}

/** Something that members of one workspace do, within the rates of the contract, at the cost of another workspace. */
export interface Attack {
  summary: string;
  /** How many members take part. */
  attackers: number;
  /** Writes what the attack needs. */
  prepare(context: AttackContext): Promise<void>;
  /**
   * Goes on until it is told to end; what it started has ended when it resolves, with how often the server did what the
   * attack wants of it.
   */
  run(context: AttackContext, ended: AbortSignal): Promise<number>;
}
