import { randomUUID } from "node:crypto";
import type { Conversation, Media, Message } from "@vero/contracts";
import { directBetween, groupOf, invite, logIn, type Operation, type Person, say } from "../harness/people.js";
import { historyOf } from "../harness/workspace.js";
import type { Subject } from "../operations/row.js";
import type { Player, RoleWorkspace } from "./role-workspace.js";
import { type Role, takingPart } from "./roles.js";

/** In all that the group says; nobody who is not in it may ever be answered it. */
export const canary = "canary-4711";

/** The conversations, messages and files that the operations of a case name; in a ghost fixture none of them exists. */
export interface Fixture {
  group: string;
  direct: string;
  /** By the target. */
  message: string;
  system: string;
  target: string;
  peer: string;
  owner: string;
  /** One of the two in the direct conversation. */
  side: string;
  /** Somebody who is not in the group. */
  absent: string;
  /** A message in the group by the player, or by the target if the player was never in it. */
  own(player: Player | undefined): Promise<string>;
  /** A file of a message in the group. */
  media(): Promise<string>;
  /** A file that is not confirmed yet, as the next. */
  upload(by: Person, content_type?: string): Promise<string>;
  uploadOfPeer(): Promise<string>;
  invite(): Promise<string>;
  /** A further session of that person. */
  session(of: Person): Promise<string>;
}

/** A fixture, and who makes the call on it: nobody when the caller is anonymous. */
export interface Staged extends Fixture {
  player: Player | undefined;
  workspace: RoleWorkspace;
}

/** What a request names unless its case says otherwise. The target signs in, whichever role asks: everybody may. */
export const subjectOf = ({ group, message, target, workspace }: Staged): Partial<Subject> => ({
  conversation: group,
  message,
  user: target,
  account: workspace.target,
});

export const personIn = ({ player, workspace }: Staged): Person => player?.person ?? workspace.target;

/** Somebody of the workspace who takes part in nothing yet. */
export const newcomer = ({ stack, players }: RoleWorkspace): Promise<Person> =>
  invite(stack, players.workspace_owner.person, "Newcomer");

export async function expectOk<T>(by: Person, operation: Operation, body?: object): Promise<T> {
  const answer = await by.call<T>(operation, body && { body });
  if (answer.status >= 300) throw new Error(`${operation}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

interface Upload {
  media_id: string;
  upload_url: string;
  headers: Record<string, string>;
}

export async function upload(by: Person, content_type = "text/plain"): Promise<string> {
  const content = "a few bytes";
  const { media_id, upload_url, headers } = await expectOk<Upload>(by, "POST /v1/chat/media/upload-url", {
    file_name: "notes.txt",
    content_type,
    size_bytes: content.length,
  });
  await fetch(upload_url, { method: "PUT", headers, body: content });
  return media_id;
}

function once(make: () => Promise<string>): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

export const takesPart: ReadonlySet<Role> = new Set<Role>(takingPart);

/**
 * A group in which everybody has their role, except that nobody has been removed from it, and a direct conversation
 * between its member and its admin.
 */
export async function createFixture(
  { players, target, peer }: RoleWorkspace,
  alsoThere: readonly Person[] = [],
): Promise<Fixture> {
  const { owner, admin, member, workspace_admin, outsider, workspace_owner } = players;
  const others = [admin, member, workspace_admin].map(({ person }) => person);
  const { id: group } = await groupOf(owner.person, [...others, target, peer, ...alsoThere], `Group ${canary}`);
  const makeAdmin = ({ id }: Person) =>
    expectOk(owner.person, `PATCH /v1/chat/conversations/${group}/participants/${id}`, { role: "admin" });
  const [{ id: message }, { id: direct }] = await Promise.all([
    say(target, group, `${canary} of the target`),
    directBetween(member.person, admin.person),
    makeAdmin(admin.person),
    makeAdmin(peer),
  ]);
  await say(member.person, direct, `${canary} in private`);
  return {
    group,
    direct,
    message,
    system: message,
    target: target.id,
    peer: peer.id,
    owner: owner.person.id,
    side: member.person.id,
    absent: outsider.person.id,
    async own(player) {
      if (player === undefined || !takesPart.has(player.role)) return message;
      return (await say(player.person, group, `${canary} of my own`)).id;
    },
    media: once(async () => {
      const id = await upload(target);
      await expectOk<Media>(target, `POST /v1/chat/media/${id}/confirm`, {});
      await say(target, group, `${canary} with a file`, { media_ids: [id] });
      return id;
    }),
    upload,
    uploadOfPeer: once(() => upload(peer)),
    async invite() {
      return (await expectOk<{ id: string }>(workspace_owner.person, "POST /auth/invites", { role: "member" })).id;
    },
    async session(of) {
      return (await expectOk<{ session_id: string }>(await logIn(of), "GET /auth/me")).session_id;
    },
  };
}

/** The same, with somebody who was removed from it and has written there before, and a system message that says so. */
export async function createFixtureWithFormerMember(workspace: RoleWorkspace): Promise<Fixture> {
  const { owner, ex_member } = workspace.players;
  const fixture = await createFixture(workspace, [ex_member.person]);
  const { id: former } = await say(ex_member.person, fixture.group, `${canary} of somebody who was here`);
  await expectOk(owner.person, `DELETE /v1/chat/conversations/${fixture.group}/participants/${ex_member.person.id}`);
  const system = (await historyOf(owner.person, fixture.group)).at(-1)?.id ?? "";
  const own: Fixture["own"] = async (player) => (player?.role === "ex_member" ? former : fixture.own(player));
  return { ...fixture, system, own };
}

const nowhere = async (): Promise<string> => randomUUID();

export const absentFixture = (): Fixture => ({
  group: randomUUID(),
  direct: randomUUID(),
  message: randomUUID(),
  system: randomUUID(),
  target: randomUUID(),
  peer: randomUUID(),
  owner: randomUUID(),
  side: randomUUID(),
  absent: randomUUID(),
  own: nowhere,
  media: nowhere,
  upload: nowhere,
  uploadOfPeer: nowhere,
  invite: nowhere,
  session: async () => randomUUID().replaceAll("-", "").slice(0, 16),
});

/** The URLs of files are others after a while. */
const withoutUrls = ({ attachments, ...message }: Message): object => ({
  ...message,
  attachments: attachments.map(({ cdn_url: _, thumbnail_url: __, urls_expire_at: ___, ...file }) => file),
});

/** All that the people in the fixture's conversations see of them, and which conversations everybody else has. */
export async function digestOf({ players }: RoleWorkspace, { group, direct }: Fixture): Promise<object> {
  const { owner, member, other_tenant, outsider, workspace_owner, ex_member } = players;
  const seen = async (by: Player, id: string) => ({
    conversation: await expectOk<Conversation>(by.person, `GET /v1/chat/conversations/${id}`),
    participants: await expectOk<object>(by.person, `GET /v1/chat/conversations/${id}/participants?limit=100`),
    messages: (await historyOf(by.person, id)).map(withoutUrls),
  });
  const lists = [other_tenant, outsider, workspace_owner, ex_member].map(async ({ person }) => {
    const { items } = await expectOk<{ items: Conversation[] }>(person, "GET /v1/chat/conversations?filter=all");
    return items.map(({ id }) => id).sort();
  });
  return { group: await seen(owner, group), direct: await seen(member, direct), lists: await Promise.all(lists) };
}
