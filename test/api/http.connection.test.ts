import { once } from "node:events";
import { connect } from "node:net";
import { problem } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { startStack } from "../harness/stack.js";
import { within } from "../harness/waiting.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

/** Bytes as they are, and all that comes back until the connection ends. */
async function raw(url: string, text: string): Promise<{ head: string; body: string }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.setEncoding("utf8").on("data", (chunk) => {
    answer += chunk;
  });
  socket.write(text);
  await once(socket, "close");
  const [head = "", ...rest] = answer.split("\r\n\r\n");
  return { head, body: rest.join("\r\n\r\n") };
}

const h2c = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n";

describe("a connection", () => {
  it("that offers h2c is answered as if it had not", async () => {
    const { head, body } = await raw(workspace.stack.url, `GET /healthz HTTP/1.1\r\nHost: x\r\n${h2c}\r\n`);
    expect(head).toMatch(/^HTTP\/1.1 200/);
    expect(JSON.parse(body)).toEqual({ status: "ok" });
  });

  it("that offers h2c keeps its body", async () => {
    const { email, password } = workspace.ada;
    const json = JSON.stringify({ email, password });
    const length = `Content-Type: application/json\r\nContent-Length: ${json.length}\r\n`;
    const { head } = await raw(
      workspace.stack.url,
      `POST /auth/login HTTP/1.1\r\nHost: x\r\n${h2c}${length}\r\n${json}`,
    );
    expect(head).toMatch(/^HTTP\/1.1 200/);
  });

  it.each([
    ["is no HTTP", "nonsense\r\n\r\n", 400, "malformed_request"],
    [
      "has a header too many",
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(40_000)}\r\n\r\n`,
      431,
      "headers_too_large",
    ],
    [
      "has two lengths",
      "POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
      "malformed_request",
    ],
  ])("that %s gets its problem", async (_, text, status, code) => {
    const { head, body } = await raw(workspace.stack.url, text);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head.toLowerCase()).toContain("application/problem+json");
    expect(problem.parse(JSON.parse(body))).toMatchObject({ status, code });
  });

  it("with half a request does not keep the service from stopping", async () => {
    const stack = await startStack();
    const { hostname, port } = new URL(stack.url);
    const socket = connect(Number(port), hostname).on("error", () => {});
    await once(socket, "connect");
    socket.write(
      "POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
    );
    // Answered requests show that the one before them has arrived.
    await fetch(`${stack.url}/healthz`);
    await within(stack.close(), "the service to stop");
  });

  it("does not open the metrics by what it says of itself", async () => {
    const metrics = (headers: Record<string, string>) => fetch(`${workspace.stack.url}/metrics`, { headers });
    expect((await metrics({})).status).toBe(200);
    expect((await metrics({ "x-forwarded-for": "127.0.0.1" })).status).toBe(404);
  });
});
