import type { MessagesSearchOutput } from "@vero/sdk";

export type SearchHit = MessagesSearchOutput["items"][number];
