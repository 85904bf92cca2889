import { defineConfig } from "tsup";
import { patchedBuild } from "./driver.patch.js";

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "node20",
  clean: true,
  noExternal: ["postgres"],
  esbuildPlugins: [patchedBuild],
});
