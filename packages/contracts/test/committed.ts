import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const top = new URL("../../../", import.meta.url);

export const pathOf = (name: string): string => fileURLToPath(new URL(name, top));

export const committed = (name: string): string => readFileSync(new URL(name, top), "utf8");
