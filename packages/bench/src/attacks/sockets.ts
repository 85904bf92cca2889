import type { Socket } from "node:net";
import WebSocket from "ws";
import type { Member } from "./members.js";

export interface OpenSocket {
  ws: WebSocket;
  /** The connection below it, whose end shows also where nothing is read. */
  connection: Socket;
}

/** The first frame that comes; undefined where the socket ends before. */
const nextFrame = (ws: WebSocket): Promise<string | undefined> =>
  new Promise((resolve) => {
    ws.once("message", (bytes) => resolve(bytes.toString())).once("close", () => resolve(undefined));
  });

/** A socket that has said hello and on which nobody has shown a token; undefined where there was none to be had. */
export function openSocket(url: string, headers: Readonly<Record<string, string>>): Promise<OpenSocket | undefined> {
  const ws = new WebSocket(`${url.replace(/^http/, "ws")}/v1/messaging/ws`, { headers, perMessageDeflate: false });
  return new Promise((resolve) => {
    // A refusal and a reset are followed by the end.
    ws.on("error", () => {});
    ws.once("close", () => resolve(undefined));
    ws.once("upgrade", ({ socket: connection }) => {
      void nextFrame(ws).then((hello) => hello !== undefined && resolve({ ws, connection }));
    });
  });
}

/** Shows a token; whether it was taken. */
export async function showToken({ ws }: OpenSocket, token: string): Promise<boolean> {
  ws.send(JSON.stringify({ t: "auth", token }));
  const frame = await nextFrame(ws);
  return frame !== undefined && (JSON.parse(frame) as { t: string }).t === "ready";
}

/** A token for one socket; undefined where the member has asked for too many. */
export async function tokenOf({ request }: Member): Promise<string | undefined> {
  const { status, text } = await request("GET", "/v1/messaging/token");
  return status === 200 ? (JSON.parse(text) as { token: string }).token : undefined;
}
