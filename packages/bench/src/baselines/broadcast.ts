import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { reportUrl } from "./child.js";

/** The least that a fan-out can cost with ws: what is posted goes out to as many sockets as the path says, as it is. */
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const frame = Buffer.concat(chunks);
  const count = Number(request.url?.slice(1));
  for (const socket of [...sockets.clients].slice(0, count)) socket.send(frame, { binary: false });
  response.end();
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });

server.listen(0, "127.0.0.1");
await once(server, "listening");
reportUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
