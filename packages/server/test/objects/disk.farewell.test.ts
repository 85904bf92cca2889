import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { waitFor } from "../../../../test/harness/waiting.js";
import { serveStore } from "./host.js";

test("upload: a refused one whose client wants the connection closed is read to its end after the answer", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vero-objects-"));
  const { store, close } = await serveStore({ VERO_OBJECTS_DIR: folder });
  onTestFinished(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });
  const size = 1024 * 1024;
  const { url } = await store.signUpload("refused", {
    content_type: "text/plain",
    size_bytes: size,
    expires_at: new Date(Date.now() + 60_000),
  });
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let received = "";
  const errors: Error[] = [];
  socket.on("data", (chunk: Buffer) => {
    received += chunk.toString("latin1");
  });
  socket.on("error", (error) => errors.push(error));
  const head = [
    `PUT ${pathname}${search} HTTP/1.1`,
    "host: localhost",
    "connection: close",
    "content-type: image/png",
    `content-length: ${size}`,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  await waitFor(() => received.includes("content_type_mismatch"), "the answer");
  expect(received).toMatch(/^HTTP\/1\.1 422 /);
  const ended = once(socket, "end");
  // Long after the answer, in pieces, so that a connection that was closed over there would be noticed.
  for (let sent = 0; sent < size; sent += size / 16) {
    await new Promise<void>((resolve) => socket.write(Buffer.alloc(size / 16), () => resolve()));
    await new Promise(setImmediate);
  }
  await ended;
  socket.end();
  await once(socket, "close");
  expect(errors).toEqual([]);
});
