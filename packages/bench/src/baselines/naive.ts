import Fastify from "fastify";
import postgres from "postgres";
import { type WebSocket, WebSocketServer } from "ws";
import { reportUrl } from "./child.js";

/**
 * A chat server such as a team writes by itself: one INSERT for a message, JSON over HTTP and sockets, delivery to
 * whoever is a member and connected to this process. It believes everybody who says who they are; it has no sessions,
 * limits, numbering without gaps, unread counts, search, blocks, repetition keys or catching up.
 */
const sql = postgres(process.env["DATABASE_URL"] as string, { max: 12, connection: { search_path: "naive" } });
const app = Fastify();
const sockets = new Map<string, Set<WebSocket>>();

interface Said {
  conversation_id: string;
  text: string;
}

async function send(sender_id: string, { conversation_id, text }: Said) {
  const [row] = await sql`
    insert into messages (conversation_id, sender_id, text)
    select conversation_id, user_id, ${text} from members
    where conversation_id = ${conversation_id} and user_id = ${sender_id}
    returning id, conversation_id, sender_id, text, created_at`;
  if (row === undefined) throw new Error("not a member");
  const members = await sql`select user_id from members where conversation_id = ${conversation_id}`;
  const frame = JSON.stringify({ t: "message", message: row });
  for (const { user_id } of members) for (const socket of sockets.get(user_id) ?? []) socket.send(frame);
  return row;
}

const userOf = (headers: { authorization?: string | undefined }): string => headers.authorization ?? "";

app.post<{ Body: Said }>("/messages", ({ headers, body }) => send(userOf(headers), body));

app.get(
  "/conversations",
  ({ headers }) => sql`
    select c.id, c.name, m.id as message_id, m.sender_id, m.text, m.created_at
    from members join conversations c on c.id = members.conversation_id
    join lateral (select * from messages where conversation_id = c.id order by id desc limit 1) m on true
    where members.user_id = ${userOf(headers)}
    order by m.id desc limit 30`,
);

app.get<{ Params: { id: string } }>(
  "/conversations/:id/messages",
  ({ headers, params: { id } }) => sql`
    select m.id, m.sender_id, m.text, m.created_at from messages m
    where m.conversation_id = ${id}
      and exists (select from members where conversation_id = ${id} and user_id = ${userOf(headers)})
    order by m.id desc limit 30`,
);

new WebSocketServer({ server: app.server, perMessageDeflate: false }).on("connection", (socket, request) => {
  const user = new URL(request.url ?? "", "http://localhost").searchParams.get("user") ?? "";
  const own = sockets.get(user) ?? new Set();
  sockets.set(user, own.add(socket));
  socket.on("close", () => own.delete(socket));
  socket.on("message", async (bytes) => {
    const { id, ...said } = JSON.parse(bytes.toString()) as Said & { id: number };
    await send(user, said);
    socket.send(JSON.stringify({ t: "res", id, ok: true }));
  });
});

reportUrl(await app.listen({ host: "127.0.0.1", port: 0 }));
