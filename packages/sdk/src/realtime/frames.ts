import type { ServerFrame } from "../generated/frames.js";

/** Parses a frame. Answers undefined for anything else; frames of unknown kinds are left to the caller, who ignores them. */
export function parseFrame(data: unknown): ServerFrame | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === "object" && frame !== null && "t" in frame ? (frame as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}
