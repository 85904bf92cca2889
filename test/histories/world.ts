import type { Conversation, Message, Participant } from "@vero/contracts";
import type { Operation, Person } from "../harness/people.js";
import type { Dice } from "./dice.js";

/** As much of a conversation as one has to know to do something sensible in it. */
export interface Known {
  id: string;
  type: "direct" | "group";
  /** Ids and roles of those who take part. */
  roles: Map<string, string>;
  messages: { id: string; seq: number; by: string }[];
}

/** A move: an action that a user is about to take. */
export interface Move {
  by: Person;
  operation: Operation;
  body?: object;
  /** Notes what became of it. */
  done?: (body: never) => Promise<void> | void;
}

/** The people of a history and what they have come to; mistakes only make for more refused calls. */
export class World {
  readonly conversations = new Map<string, Known>();
  readonly log: string[] = [];
  words = 0;
  /** Also those that are gone. */
  readonly #all = new Map<string, Known>();

  constructor(
    readonly people: readonly Person[],
    readonly dice: Dice,
    /** The owner, who gives roles in the workspace and takes part in no conversation. */
    readonly founder: Person,
  ) {}

  /** The last operations and what differs, with names instead of ids. */
  readable(lines: readonly string[]): string {
    let text = [...lines, "", "The last operations:", ...this.log.slice(-25)].join("\n");
    for (const { id, me } of this.people) text = text.replaceAll(id, me.display_name);
    for (const [at, { id, messages }] of [...this.#all.values()].entries()) {
      text = text.replaceAll(id, `c${at + 1}`);
      for (const message of messages) text = text.replaceAll(message.id, `c${at + 1}.${message.seq}`);
    }
    return text;
  }

  person(id: string | undefined): Person | undefined {
    return this.people.find((person) => person.id === id);
  }

  /** Always another one. */
  text(): string {
    this.words += 1;
    return `text ${this.words}`;
  }

  note({ id, type }: Conversation, memberIds: readonly string[], ownerId?: string): void {
    if (this.conversations.has(id)) return;
    const roles = new Map(memberIds.map((one) => [one, one === ownerId ? "owner" : "member"]));
    const known: Known = { id, type, roles, messages: [] };
    this.conversations.set(id, known);
    this.#all.set(id, known);
  }

  noteMessage({ id, conversation_id, seq, sender_id }: Message): void {
    const known = this.conversations.get(conversation_id);
    if (known?.messages.some((message) => message.id === id)) return;
    known?.messages.push({ id, seq, by: sender_id });
  }

  /** Notes the participants after one joined, left or changed their role. */
  async noteRoles(known: Known): Promise<void> {
    for (const person of this.people) {
      const { status, body } = await person.call<{ items: Participant[] }>(
        `GET /v1/chat/conversations/${known.id}/participants`,
      );
      if (status !== 200) continue;
      known.roles = new Map(body.items.map(({ user, role }) => [user.id, role]));
      return;
    }
    known.roles = new Map();
  }

  /** Any conversation, and somebody who takes part in it; rarely somebody who does not. */
  pick(fits: (known: Known) => boolean = () => true): { by: Person; known: Known } | undefined {
    const known = this.dice.oneOf([...this.conversations.values()].filter((one) => fits(one) && one.roles.size > 0));
    if (known === undefined) return undefined;
    const members = [...known.roles.keys()];
    const by = this.dice.chance(0.04) ? this.dice.oneOf(this.people) : this.person(this.dice.oneOf(members));
    return by && { by, known };
  }

  async make({ by, operation, body, done }: Move): Promise<void> {
    const answer = await by.call<object>(operation, body === undefined ? {} : { body });
    const said = body === undefined ? "" : ` ${JSON.stringify(body)}`;
    this.log.push(`${by.me.display_name}: ${operation}${said} -> ${answer.status}`);
    if (answer.status >= 500) throw new Error(`${operation} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    if (answer.status < 300) await done?.(answer.body as never);
  }
}
