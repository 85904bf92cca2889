/**
 * Keeps what a store holds across reloads: values that `structuredClone` can copy, by key. What is not sent yet may hold files
 * (`Blob`); everything else is made of JSON.
 */
export interface StoreStorage {
  /** Answers the entries whose key begins with `prefix`. */
  read(prefix: string): Promise<readonly (readonly [key: string, value: unknown])[]>;
  /** Writes all entries or none; `undefined` deletes the key. */
  write(entries: readonly (readonly [key: string, value: unknown])[]): Promise<void>;
}

/** Keeps everything in this process: for tests, and for stores that come and go while the process stays. */
export function memoryStorage(): StoreStorage {
  const values = new Map<string, unknown>();
  return {
    read: async (prefix) => structuredClone([...values].filter(([key]) => key.startsWith(prefix))),
    write: async (entries) => {
      for (const [key, value] of structuredClone(entries)) {
        if (value === undefined) values.delete(key);
        else values.set(key, value);
      }
    },
  };
}
