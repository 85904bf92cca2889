/** The start has failed at something that a setting names; the message begins with the setting. */
export class SettingError extends Error {
  constructor(setting: string, cause: unknown) {
    super(`${setting}: ${reasonOf(cause)}`, { cause });
  }
}

/** Says what went wrong. Where Node has tried several addresses, its error has no message, and those inside it do. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(reasonOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}

/** Does a step of the start that depends on a setting; an error names the setting. */
export async function dependingOn<T>(setting: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    throw new SettingError(setting, cause);
  }
}
