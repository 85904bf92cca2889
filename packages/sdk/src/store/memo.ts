interface Entry {
  inputs: readonly unknown[];
  value: unknown;
}

/** Remembers what was computed last under each key. */
export class Memo {
  readonly #entries = new Map<string, Entry>();

  /** Answers what was computed from the same inputs before, else computes it. */
  get<T>(key: string, inputs: readonly unknown[], compute: (before: T | undefined) => T): T {
    const found = this.#entries.get(key);
    if (found?.inputs.length === inputs.length && found.inputs.every((one, index) => one === inputs[index])) {
      return found.value as T;
    }
    const value = compute(found?.value as T | undefined);
    this.#entries.set(key, { inputs, value });
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }
}

/** Answers the object from before where it has the same fields. */
export const sameFields = <T extends object>(before: T | undefined, now: T): T =>
  before !== undefined && (Object.keys(now) as (keyof T)[]).every((key) => before[key] === now[key]) ? before : now;

/** Answers the array from before where it has the same items. */
export const sameItems = <T>(before: readonly T[] | undefined, now: readonly T[]): readonly T[] =>
  before?.length === now.length && before.every((one, index) => one === now[index]) ? before : now;
