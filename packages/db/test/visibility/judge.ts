import type { TestDatabase } from "../../../../test/harness/database.js";

export interface Judged {
  conversation_id: string;
  user_id: string;
  unread_ids: string[];
  last_message_id: string | null;
}

/** Judges message by message what each participant sees and has not read, by the words of the documentation. */
export const judge = ({ sql }: TestDatabase, tenantId: string): Promise<Judged[]> => sql<Judged[]>`
  with seen as (
    select p.conversation_id, p.user_id, m.id, m.seq,
      m.seq > p.last_read_seq and m.sender_id <> p.user_id and m.type <> 'system' and m.deleted_at is null
        and not p.user_id = any(m.blocked_by) as is_unread
    from participants p
    join messages m on m.tenant_id = p.tenant_id and m.conversation_id = p.conversation_id
    where m.seq > p.visible_from_seq and (p.visible_to_seq is null or m.seq <= p.visible_to_seq) and not exists (
      select from message_hides h where h.tenant_id = m.tenant_id and h.message_id = m.id and h.user_id = p.user_id)
  )
  select p.conversation_id, p.user_id,
    coalesce((select jsonb_agg(s.id order by s.seq) from seen s
      where s.conversation_id = p.conversation_id and s.user_id = p.user_id and s.is_unread), '[]') as unread_ids,
    (select s.id from seen s where s.conversation_id = p.conversation_id and s.user_id = p.user_id
      order by s.seq desc limit 1) as last_message_id
  from participants p
  where p.tenant_id = ${tenantId} and p.left_at is null
  order by p.conversation_id, p.user_id`;
