import { defineConfig } from "tsup";

export default defineConfig({
  entry: [
    "src/demo.ts",
    "src/bench.ts",
    "src/attacks.ts",
    "src/ready.ts",
    "src/smoke.ts",
    "src/baselines/{naive,bare,broadcast}.ts",
  ],
  format: "esm",
  target: "node20",
  clean: true,
});
