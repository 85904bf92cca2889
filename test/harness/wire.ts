import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Names of prepared statements and texts end with NUL (PostgreSQL, "Message Formats"). */
const textAt = (message: Buffer, start: number): string => message.toString("utf8", start, message.indexOf(0, start));

/** Notes the text of each statement that a connection runs, under whatever name it was prepared. */
function noter(note: (statement: string) => void): (chunk: Buffer) => void {
  const prepared = new Map<string, string>();
  let rest: Buffer = Buffer.alloc(0);
  let hasStarted = false;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      // Only the message that starts a connection has no type.
      const head = hasStarted ? 1 : 0;
      if (rest.length < head + 4) return;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return;
      const type = hasStarted ? String.fromCharCode(rest[0] ?? 0) : "";
      if (type === "P") prepared.set(textAt(rest, 5), textAt(rest, rest.indexOf(0, 5) + 1));
      if (type === "B") note(prepared.get(textAt(rest, rest.indexOf(0, 5) + 1)) ?? "");
      if (type === "Q") note(textAt(rest, 5));
      hasStarted = true;
      rest = rest.subarray(end);
    }
  };
}

/** A proxy between a service and its database that stores the text of each statement that is run. */
export async function listenIn(databaseUrl: string) {
  const statements: string[] = [];
  const url = new URL(databaseUrl);
  const target = { host: url.hostname, port: Number(url.port) };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(target);
    const receive = noter((statement) => statements.push(statement));
    client.on("data", receive);
    client.pipe(database).pipe(client);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        client.destroy();
        database.destroy();
      });
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    statements,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
