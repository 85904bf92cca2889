import { openDatabase } from "@vero/db";
import { createKeyring } from "@vero/server";
import { claimsOf, forge, headOf } from "./forgery.js";
import type { Stack } from "./stack.js";

/** Copies of a token under the deployment's own key, wrong in what a test says and in nothing else. */
export async function copierOf(stack: Stack) {
  const database = openDatabase({ url: stack.database.url, max: 1 });
  const { key } = await createKeyring({ database, secret: stack.secret }).signingKey();
  await database.close();
  return (token: string, claims: object = {}, head: object = {}): Promise<string> =>
    forge({ ...headOf(token), ...head }, { ...claimsOf(token), ...claims }, key);
}

export const secondsAgo = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds;
