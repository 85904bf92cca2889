import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/demo.ts", "src/sends.ts", "src/attacks.ts", "src/ready.ts", "src/smoke.ts"],
  format: "esm",
  target: "node20",
  clean: true,
});
