import { useSyncExternalStore } from "react";

const key = "vero.notifications";
const listeners = new Set<() => void>();

/** Whether this browser can show notifications at all; it cannot on plain http, other than localhost. */
export const canNotify = "Notification" in globalThis && isSecureContext;

export const isNotifying = (): boolean =>
  canNotify && Notification.permission === "granted" && localStorage.getItem(key) === "on";

/** Turns notifications on, for which the browser asks the user, or off. */
export async function setNotifying(isWanted: boolean): Promise<void> {
  const isOn = isWanted && (await Notification.requestPermission()) === "granted";
  localStorage.setItem(key, isOn ? "on" : "off");
  for (const listener of listeners) listener();
}

export const useIsNotifying = (): boolean =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isNotifying);
