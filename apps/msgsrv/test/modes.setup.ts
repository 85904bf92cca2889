import { expect, it } from "vitest";
import type { Transitions } from "../src/realtime/realtime.modes.js";

/** Something with modes, seen and driven from outside. */
export interface Driven<Mode, Event> {
  /** Makes an event happen, if it can happen now. */
  trigger(event: Event): Promise<void>;
  /** Finds out by what it does in which mode it is. */
  observe(): Promise<Mode>;
}

/** Walks a table of transitions: each mode, reached by its path, with each event. */
export function walkTransitions<Mode extends string, Event extends string>(
  name: string,
  transitions: Transitions<Mode, Event>,
  paths: Readonly<Record<Mode, readonly Event[]>>,
  begin: () => Driven<Mode, Event>,
): void {
  for (const mode of Object.keys(transitions) as Mode[]) {
    for (const [event, next] of Object.entries(transitions[mode]) as [Event, Mode][]) {
      it(`${name} in mode ${mode} is in mode ${next} after ${event}`, async () => {
        const driven = begin();
        for (const step of [...paths[mode], event]) await driven.trigger(step);
        expect(await driven.observe()).toBe(next);
      });
    }
    it(`${name} comes to mode ${mode}`, async () => {
      const driven = begin();
      for (const step of paths[mode]) await driven.trigger(step);
      expect(await driven.observe()).toBe(mode);
    });
  }
}

type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Finds the one mode whose invariant holds of what was observed. */
export function theModeOf<Mode extends string>(facts: Facts, invariants: Readonly<Record<Mode, Facts>>): Mode {
  const modes = (Object.keys(invariants) as Mode[]).filter((mode) =>
    Object.entries(invariants[mode]).every(([fact, value]) => facts[fact] === value),
  );
  const [mode, ...others] = modes;
  if (mode === undefined || others.length > 0) throw new Error(`Modes of ${JSON.stringify(facts)}: ${modes.join()}`);
  return mode;
}
