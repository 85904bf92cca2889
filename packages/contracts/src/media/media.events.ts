import { z } from "zod";
import { event } from "../kernel/event.js";
import { media } from "./media.schema.js";

const own = { durable: true, in_conversation: false, numbered: false, audience: "own sessions" };

export const mediaEvents = {
  "media.ready": event({ ...own, summary: "An upload passed its checks.", data: z.strictObject({ media }) }),
  "media.rejected": event({ ...own, summary: "An upload was refused.", data: z.strictObject({ media }) }),
};
