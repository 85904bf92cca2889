import type { Benchmark } from "./benchmark.js";
import { sends } from "./sends.js";

/** Every benchmark by its name: a file each, beside this one. */
export const benchmarks: Record<string, Benchmark> = { sends };
