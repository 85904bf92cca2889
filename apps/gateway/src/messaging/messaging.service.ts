import type { Actor, Tokens } from "@vero/server";

export const socketPath = "/v1/messaging/ws";

/** Returns the URL of the socket below the public address, with ws for http, and wss for https. */
const socketUrl = (publicUrl: string): string => publicUrl.replace(/\/+$/, "").replace(/^http/, "ws") + socketPath;

export type Messaging = ReturnType<typeof createMessaging>;

export function createMessaging({ tokens, publicUrl }: { tokens: Pick<Tokens, "sign">; publicUrl: string }) {
  return {
    async createToken(actor: Actor) {
      const { token, expires_at } = await tokens.sign("realtime", actor);
      return { token, expires_at: expires_at.toISOString(), ws_url: socketUrl(publicUrl) };
    },
  };
}
