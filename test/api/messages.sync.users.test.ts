import type { User } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { block, cursorOf, sync } from "../harness/actions.js";
import { withoutPresence } from "../harness/observe.js";
import { groupOf, invite, type Person } from "../harness/people.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
/** Somebody who is away, and one of those whom they know. */
let linus: Person;
let margaret: Person;
let user_cursor: string;
beforeEach(async () => {
  const { ada, stack } = workspace;
  linus = await invite(stack, ada, "Linus");
  margaret = await invite(stack, ada, "Margaret");
  await groupOf(ada, [linus, margaret]);
  user_cursor = await cursorOf(linus);
});

const change = (by: Person, body: object) => by.call("PATCH /auth/profile", { body });

/** The users of whom Linus is answered, since the last time. */
async function changedUsers(): Promise<User[]> {
  const { body } = await sync(linus, [], { user_cursor });
  user_cursor = body.user_cursor;
  return withoutPresence(body.users);
}

describe("sync: profiles", () => {
  it("come once, as they are by now: names, avatars, time zones and roles", async () => {
    const { ada } = workspace;
    await change(margaret, { display_name: "Margaret H." });
    await change(margaret, { avatar_url: "https://example.com/m.png", timezone: "Europe/Berlin" });
    await ada.call(`PATCH /auth/members/${margaret.id}`, { body: { role: "agent" } });
    expect(await changedUsers()).toMatchObject([
      {
        id: margaret.id,
        display_name: "Margaret H.",
        avatar_url: "https://example.com/m.png",
        timezone: "Europe/Berlin",
        role: "agent",
      },
    ]);
    expect(await changedUsers()).toEqual([]);
  });

  it("come of oneself, and not of whom one shares nothing with", async () => {
    await change(workspace.outsider, { display_name: "Otto" });
    await change(linus, { display_name: "Linus T." });
    expect(await changedUsers()).toMatchObject([{ id: linus.id, display_name: "Linus T." }]);
    expect(await changedUsers()).toEqual([]);
  });

  it("come across a block, without presence", async () => {
    await block(margaret, linus);
    await change(margaret, { display_name: "Margaret H." });
    const { body } = await sync(linus, [], { user_cursor });
    expect(body.users).toMatchObject([{ display_name: "Margaret H.", is_online: false, last_seen_at: null }]);
  });

  it("are not distinguished where nothing was changed", async () => {
    await change(margaret, { display_name: "Margaret" });
    await change(margaret, { availability: "busy" });
    expect(await changedUsers()).toEqual([]);
  });

  it("come with what another role in the workspace allows in each conversation", async () => {
    const { ada } = workspace;
    const group = await groupOf(ada, [linus]);
    await ada.call(`PATCH /auth/members/${linus.id}`, { body: { role: "admin" } });
    const { body } = await sync(linus, [], { user_cursor });
    expect([body.updated.length, body.added.map(({ id }) => id)]).toEqual([1, [group.id]]);
    for (const { me } of [...body.updated, ...body.added]) expect(me.capabilities).toContain("delete_for_everyone");
  });

  it("come also to who took a cursor before they were numbered", async () => {
    const [state_seq] = JSON.parse(Buffer.from(user_cursor, "base64url").toString()) as [number];
    await change(margaret, { display_name: "Margaret H." });
    user_cursor = Buffer.from(JSON.stringify([state_seq])).toString("base64url");
    expect((await changedUsers()).map(({ id }) => id)).toContain(margaret.id);
  });
});
