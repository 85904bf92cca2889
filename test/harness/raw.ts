import { once } from "node:events";
import { connect } from "node:net";

interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  json: unknown;
}

function parseAnswer(text: string): RawAnswer | undefined {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [line = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(
    lines.map((one) => [one.slice(0, one.indexOf(":")).toLowerCase(), one.slice(one.indexOf(":") + 1).trim()]),
  );
  const body = rest.join("\r\n\r\n");
  if (rest.length === 0 || Buffer.byteLength(body) < Number(headers["content-length"] ?? 0)) return undefined;
  return { status: Number(line.split(" ")[1]), headers, json: body === "" ? undefined : JSON.parse(body) };
}

/** Sends all bytes as they are, and only then reads what has come back, as many clients do. */
export async function sendAll(url: string, text: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).pause();
  const failed = once(socket, "error").then(([error]) => Promise.reject(error));
  failed.catch(() => {});
  await Promise.race([once(socket, "connect"), failed]);
  await Promise.race([new Promise<void>((resolve) => socket.write(text, "latin1", () => resolve())), failed]);
  let answer = "";
  socket.setEncoding("utf8").on("data", (chunk) => {
    answer += chunk;
  });
  socket.resume();
  try {
    for (;;) {
      const parsed = parseAnswer(answer);
      if (parsed !== undefined) return parsed;
      const hasEnded = await Promise.race([
        once(socket, "data").then(() => false),
        once(socket, "close").then(() => true),
        failed,
      ]);
      if (hasEnded && parseAnswer(answer) === undefined) throw new Error(`no whole answer: ${answer}`);
    }
  } finally {
    socket.destroy();
  }
}
