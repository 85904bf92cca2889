/**
 * The calls that the services have refused or failed since a test began: the report of a test that fails lists them.
 */
export const refusals: string[] = [];
