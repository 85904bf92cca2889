/** What the services could not do, or not yet, since a test began: a test that fails says it, whatever it failed by. */
export const refusals: string[] = [];
