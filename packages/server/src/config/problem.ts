/** A fault of a variable: its name, and a message without its value. */
export type Problem = readonly [name: string, message: string];
