import type { Sql } from "postgres";

/** Gives the naive server tables of its own in the same database, with the same people, conversations and messages. */
export async function createNaiveTables(sql: Sql): Promise<void> {
  await sql.unsafe(`
    drop schema if exists naive cascade;
    create schema naive;
    create table naive.conversations as select id, name from conversations;
    alter table naive.conversations add primary key (id);
    create table naive.members as select conversation_id, user_id from participants where left_at is null;
    alter table naive.members add primary key (conversation_id, user_id),
      add foreign key (conversation_id) references naive.conversations;
    create index on naive.members (user_id);
    create table naive.messages (
      id bigserial primary key,
      conversation_id uuid not null,
      sender_id uuid not null,
      text text not null,
      created_at timestamptz not null default now()
    );
    insert into naive.messages (conversation_id, sender_id, text, created_at)
    select conversation_id, sender_id, text, created_at from messages order by created_at;
    alter table naive.messages add foreign key (conversation_id) references naive.conversations;
    create index on naive.messages (conversation_id, id);
  `);
  for (const table of ["conversations", "members", "messages"]) await sql.unsafe(`vacuum analyze naive.${table}`);
}
