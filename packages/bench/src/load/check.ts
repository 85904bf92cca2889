import type { Dataset, Member } from "./dataset.js";

interface Answered {
  items: { id: string; last_seq: number; seq: number; text: string; message: { id: string } }[];
  total_unread: number;
}

function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(`The server does not answer ${what} as it was loaded.`);
}

/** Compares some answers of the API with the rows that were loaded: such as the product itself would have written. */
export async function checkLoaded(url: string, { sql, team, sign }: Dataset): Promise<void> {
  const member = team[0] as Member;
  const { tenant_id, user_id, conversationIds } = member;
  const headers = { authorization: `Bearer ${await sign("access", member)}` };
  const get = async (path: string): Promise<Answered> => {
    const answer = await fetch(new URL(path, url), { headers });
    expect(answer.ok, path);
    return (await answer.json()) as Answered;
  };
  const [id = ""] = conversationIds;

  const [latest] = await sql`
    select id, last_seq::int from conversations where tenant_id = ${tenant_id} and id in ${sql(conversationIds)}
    order by last_activity_at desc limit 1`;
  const { items: listed } = await get("/v1/chat/conversations?limit=30");
  expect(listed.length === Math.min(30, conversationIds.length), "the list of conversations");
  expect(listed[0]?.id === latest?.["id"] && listed[0]?.last_seq === latest?.["last_seq"], "the latest conversation");

  const rows = await sql`
    select seq::int, text from messages where tenant_id = ${tenant_id} and conversation_id = ${id}
    order by seq desc limit 30`;
  const { items: page } = await get(`/v1/chat/conversations/${id}/messages?limit=30`);
  const described = (list: readonly { seq?: unknown; text?: unknown }[]) =>
    JSON.stringify(list.map(({ seq, text }) => [seq, text]).sort(([one], [other]) => Number(one) - Number(other)));
  expect(described(page) === described(rows as unknown as { seq: number; text: string }[]), "a page of messages");

  const [rare] = await sql`
    select m.id, (regexp_match(m.text, '[a-z]{6,}'))[1] as word
    from messages m where m.tenant_id = ${tenant_id} and m.conversation_id = ${id} and m.text ~ '[a-z]{6,}' limit 1`;
  const { items: hits } = await get(`/v1/chat/messages/search?q=${rare?.["word"]}&conversation_id=${id}&limit=100`);
  expect(
    hits.some(({ message }) => message.id === rare?.["id"]),
    "a search",
  );

  const [counted] = await sql`
    select sum(c.last_seq - p.last_read_seq)::int as unread from participants p
    join conversations c on c.tenant_id = p.tenant_id and c.id = p.conversation_id
    where p.tenant_id = ${tenant_id} and p.user_id = ${user_id}`;
  expect(
    (await get("/v1/chat/conversations/unread")).total_unread === counted?.["unread"],
    "the number of unread messages",
  );
}
