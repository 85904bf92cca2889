const isDark = matchMedia("(prefers-color-scheme: dark)");

/** Puts the theme of the system on the page; called at the start, and whenever it changes. */
export function applyTheme(): void {
  document.documentElement.dataset["theme"] = isDark.matches ? "dark" : "light";
}

isDark.addEventListener("change", applyTheme);
