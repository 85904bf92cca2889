import type { Member } from "./members.js";
import type { Work } from "./victims.js";

export interface AttackContext {
  /** Where the server answers; loopback only. */
  url: string;
  /** The members of one workspace who attack, the first of them its owner. */
  attackers: readonly Member[];
}

/** A figure beside those that every attack has, and whether it is as it must be. */
export interface Finding {
  name: string;
  figure: string;
  isWithin: boolean;
}

/** Something that members of one workspace do, within the rates of the contract, at the cost of another workspace. */
export interface Attack {
  summary: string;
  /** How many members take part. */
  attackers: number;
  /** Milliseconds of each turn, where what the attack costs takes longer than usual to come. */
  roundMs?: number;
  /** The work of people of the other workspace besides sending. */
  victimsAlso?: Work;
  /** Writes what the attack needs. */
  prepare(context: AttackContext): Promise<void>;
  /**
   * Goes on until it is told to end; what it started has ended when it resolves, with how often the server did what the
   * attack wants of it.
   */
  run(context: AttackContext, ended: AbortSignal): Promise<number>;
  /** Attacks once more, after the rounds, for as long as it takes to see what else must hold; ends by itself. */
  verify?(context: AttackContext): Promise<Finding[]>;
}
