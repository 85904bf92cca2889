import { z } from "zod";
import { named, time } from "../kernel/fields.js";
import { query } from "../kernel/procedure.js";

export const messagingContract = {
  token: query({
    access: "session",
    rest: "GET /v1/messaging/token",
    summary: "Exchange an access token for a realtime token",
    description:
      "The token opens one socket: it goes into the first frame, is valid for 60 seconds, is refused by every REST route and dies with the session. Each connection needs a token of its own. Never stored by caches.",
    input: z.strictObject({}),
    output: named(
      "RealtimeToken",
      "A token for the socket.",
      z.strictObject({ token: z.string(), expires_at: time, ws_url: z.string() }),
    ),
    errors: [],
    rate: "token",
    example: {
      input: {},
      output: {
        token: "eyJhbGciOiJFZERTQSIsInR5cCI6InZlcm8td3Mrand0In0.e30.c2lnbmF0dXJl",
        expires_at: "2026-03-01T12:01:00.000Z",
        ws_url: "wss://chat.example.com/v1/messaging/ws",
      },
    },
  }),
};
