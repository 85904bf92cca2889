/** A fault of a variable: its name, and a message without its value. */
export type Problem = readonly [name: string, message: string];

/**
 * Finds what is wrong with the values of several variables together. Those that are not usable by themselves are left
 * out of `config`.
 */
export type Rule<C> = (config: Partial<C>) => Problem[];
