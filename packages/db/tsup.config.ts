import { defineConfig } from "tsup";
import { patchedBuild } from "./driver.patch.js";

export default defineConfig({
  entry: { index: "src/index.ts", "conversation-log": "src/conversation-log/conversation-log.sql.ts" },
  format: "esm",
  target: "node20",
  clean: true,
  noExternal: ["postgres"],
  esbuildPlugins: [patchedBuild],
});
