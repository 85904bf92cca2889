import { createVero, type VeroError, webStorageTokens } from "@vero/sdk";
import { useSyncExternalStore } from "react";

/** Whether somebody is signed in; `notice` says why nobody is any more. */
export type Session = { status: "loading" } | { status: "signed_out"; notice?: string } | { status: "signed_in" };

let session: Session = { status: "loading" };
const listeners = new Set<() => void>();

function setSession(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

function end(error: VeroError): void {
  const notice = error.code === "user_changed" ? "Somebody else has signed in, in another tab." : undefined;
  const isOurs = error.code === "unauthenticated";
  setSession({ status: "signed_out", ...(!isOurs && { notice: notice ?? "Your session has ended. Sign in again." }) });
}

/** The client of the service that has served this page, also where it is below a path of a proxy. */
export const vero = createVero({
  baseUrl: new URL(".", document.baseURI).href,
  tokenStore: webStorageTokens(localStorage),
  onSignedOut: end,
});

/** Finds out whether somebody is signed in already. */
export async function resumeSession(): Promise<void> {
  const tokens = await vero.session.tokens().catch(() => null);
  setSession(tokens === null ? { status: "signed_out" } : { status: "signed_in" });
}

/** Signs in by a call that answers tokens. */
export async function signIn(call: () => Promise<unknown>): Promise<void> {
  await call();
  setSession({ status: "signed_in" });
}

const clearings = new Set<() => Promise<void>>();

/** Has something be forgotten when the user signs out; answers what takes that back. */
export function beforeSignOut(clear: () => Promise<void>): () => void {
  clearings.add(clear);
  return () => clearings.delete(clear);
}

/** Signs out here, and at the server if it can be reached. Nothing of the user is kept. */
export async function signOut(): Promise<void> {
  await Promise.allSettled([...clearings].map((clear) => clear()));
  sessionStorage.clear();
  await vero.auth.logout({}).catch(() => vero.session.clear());
  setSession({ status: "signed_out" });
}

export const useSession = (): Session =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => session,
  );
