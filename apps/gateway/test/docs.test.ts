import type { Socket } from "node:net";
import { expect, it } from "vitest";
import { connectTo, listening } from "../../../packages/server/test/http/listening.js";
import { waitFor } from "../../../test/harness/waiting.js";
import { mountDocs } from "../src/docs/docs.js";

const connectionCount = 10;
/** Requests for one document, whose answers are more than the kernel buffers for a connection. */
const requests = "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(24);

it("documents: answers that nobody reads share their bytes, and do not fill the bound of what is unread", async () => {
  const served: Socket[] = [];
  const app = await listening({ maxUnreadBytes: 2 * 1024 * 1024 }, mountDocs);
  app.server.on("connection", (socket) => served.push(socket));
  for (let count = 0; count < connectionCount; count += 1) (await connectTo(app)).write(requests);
  const isStuck = ({ destroyed, writableLength }: Socket): boolean => destroyed || writableLength > 0;
  await waitFor(() => served.length === connectionCount && served.every(isStuck), "no answer to move any more");
  expect(served.filter(({ destroyed }) => destroyed)).toHaveLength(0);
});
