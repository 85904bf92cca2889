import type { Benchmark } from "./benchmark.js";
import { connecting } from "./connecting.js";
import { delivery } from "./delivery.js";
import { reads } from "./reads.js";
import { sends } from "./sends.js";

/** Every benchmark by its name: a file each, beside this one. */
export const benchmarks: Record<string, Benchmark> = { sends, reads, delivery, connecting };
