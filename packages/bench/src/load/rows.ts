import type { Faker } from "@faker-js/faker";
import { nameSearchColumns, searchVectorOf } from "@vero/db";
import { v7 as uuidv7 } from "uuid";
import { createTexts, type ScriptName, scripts } from "../texts.js";
import type { Value } from "./copy.js";
import type { WorkspacePlan } from "./plan.js";

type Row = Record<string, Value>;

export interface WorkspaceRows {
  tenants: Row[];
  users: Row[];
  logins: Row[];
  sessions: Row[];
  personal_counters: Row[];
  conversations: Row[];
  participants: Row[];
  /** Made while they are written: there may be millions. */
  messages: Iterable<Row>;
}

const dayMs = 86_400_000;
/** The messages of a database spread over so many days before it was loaded. */
const days = 90;
const scriptNames = Object.keys(scripts) as ScriptName[];

/** Makes all rows of a workspace, such as the product itself would have written them; the same ones for a seed. */
export function makeWorkspace(plan: WorkspacePlan, faker: Faker, nowMs: number): WorkspaceRows {
  const { helpers, number, person, string } = faker;
  const idAt = (msecs: number): string =>
    uuidv7({ msecs, random: Buffer.from(string.hexadecimal({ length: 32, prefix: "" }), "hex") });
  const startMs = nowMs - days * dayMs;
  const [tenant_id, created_at] = [idAt(startMs), new Date(startMs)];

  const users = Array.from({ length: plan.userCount }, (_, index): Row & { id: string } => {
    const display_name = person.fullName();
    const role = index === 0 ? "owner" : "member";
    return { tenant_id, id: idAt(startMs), display_name, ...nameSearchColumns(display_name), role, created_at };
  });
  const talks = plan.groupSizes.map((size) => ({
    id: idAt(startMs),
    name: `${faker.word.adjective()} ${faker.word.noun()}`,
    script: helpers.maybe(() => helpers.arrayElement(scriptNames), { probability: 0.3 }) ?? "latin",
    members: helpers.arrayElements(users, size).map(({ id }) => ({ id, readSeq: 0 })),
    lastSeq: 0,
    lastAtMs: startMs,
  }));

  // Some conversations are much busier than others, and none is empty.
  const turns = new Uint32Array(plan.messageCount);
  const senders = new Uint16Array(plan.messageCount);
  for (const index of turns.keys()) {
    turns[index] = index < talks.length ? index : Math.floor(number.float() ** 2 * talks.length);
  }
  const stepMs = (days * dayMs) / plan.messageCount;
  const atOf = (index: number): number => Math.floor(startMs + (index + 1) * stepMs);
  for (const [index, turn] of turns.entries()) {
    const talk = talks[turn] as (typeof talks)[number];
    const sender = number.int(talk.members.length - 1);
    senders[index] = sender;
    talk.lastSeq += 1;
    talk.lastAtMs = atOf(index);
    // Whoever sends has read up to their own message.
    (talk.members[sender] as (typeof talk.members)[number]).readSeq = talk.lastSeq;
  }

  function* messages(): Generator<Row> {
    const texts = createTexts(number.int(1_000_000));
    const seqs = new Uint32Array(talks.length);
    for (const [index, turn] of turns.entries()) {
      const { id: conversation_id, members, script } = talks[turn] as (typeof talks)[number];
      seqs[turn] = (seqs[turn] as number) + 1;
      const [seq, atMs, text] = [seqs[turn] as number, atOf(index), texts.message(script)];
      yield {
        ...{ tenant_id, id: idAt(atMs), conversation_id, seq, change_seq: seq, type: "text", text },
        ...{
          sender_id: members[senders[index] as number]?.id ?? null,
          search: searchVectorOf(text),
          created_at: new Date(atMs),
        },
      };
    }
  }

  // A conversation that came into a user's list took one of the user's numbers.
  const stateSeqs = new Map(users.map(({ id }) => [id, 0]));
  const participants = talks.flatMap(({ id: conversation_id, members, lastSeq }) =>
    members.map(({ id: user_id, readSeq }, index): Row => {
      const state_seq = (stateSeqs.get(user_id) ?? 0) + 1;
      stateSeqs.set(user_id, state_seq);
      const last_read_seq = Math.max(readSeq, lastSeq - number.int(20));
      const role = index === 0 ? "owner" : "member";
      const numbers = { last_read_seq, state_seq, listed_state_seq: state_seq };
      return { tenant_id, conversation_id, user_id, role, joined_at: created_at, ...numbers };
    }),
  );

  return {
    tenants: [{ id: tenant_id, name: plan.slug, slug: plan.slug, created_at }],
    users,
    logins: users.map(({ id }) => ({ email: `${id}@example.com`, tenant_id, user_id: id, password_hash: "none" })),
    sessions: users.map(({ id: user_id }) => ({
      ...{ id: string.alphanumeric(40), tenant_id, user_id, refresh_hash: Buffer.alloc(32) },
      ...{ expires_at: new Date(nowMs + 10 * dayMs), ends_at: new Date(nowMs + 10 * dayMs) },
    })),
    personal_counters: [...stateSeqs].map(([user_id, last_state_seq]) => ({ tenant_id, user_id, last_state_seq })),
    conversations: talks.map(({ id, name, members, lastSeq, lastAtMs }) => ({
      ...{ tenant_id, id, type: "group", name, created_by: members[0]?.id ?? null, created_at, updated_at: created_at },
      ...{ last_seq: lastSeq, last_change_seq: lastSeq, last_activity_at: new Date(lastAtMs) },
    })),
    participants,
    messages: messages(),
  };
}
