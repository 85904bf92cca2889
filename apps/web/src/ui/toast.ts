import { useSyncExternalStore } from "react";
import { describeError } from "./describe-error.js";

interface Toast {
  id: number;
  text: string;
}

const shownMs = 6_000;
let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function setToasts(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export const dismissToast = (id: number): void => setToasts(toasts.filter((toast) => toast.id !== id));

export function showToast(text: string): void {
  const id = nextId;
  nextId += 1;
  setToasts([...toasts.slice(-2), { id, text }]);
  setTimeout(() => dismissToast(id), shownMs);
}

/** Awaits work that a click has set in motion; where it fails, says so. Answers whether it was done. */
export async function attempt(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    showToast(describeError(error));
    return false;
  }
}

export const useToasts = (): readonly Toast[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
