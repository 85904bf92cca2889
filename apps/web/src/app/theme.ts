import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

const key = "vero.theme";
const isDark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function chosen(): Theme {
  const theme = localStorage.getItem(key);
  return theme === "light" || theme === "dark" ? theme : "system";
}

/** Puts the theme on the page; called at the start, and whenever the choice or that of the system changes. */
export function applyTheme(): void {
  const theme = chosen();
  document.documentElement.dataset["theme"] = theme === "system" ? (isDark.matches ? "dark" : "light") : theme;
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  applyTheme();
  for (const listener of listeners) listener();
}

isDark.addEventListener("change", applyTheme);

export const useTheme = (): Theme =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, chosen);
