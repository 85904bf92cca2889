import { describe, expect, it } from "vitest";
import { picture } from "../files/pictures.js";
import { expectProblem } from "../harness/accounts.js";
import { deleteMessage, forward } from "../harness/actions.js";
import { confirm, type File, mediaOf, note, ready, requestUpload, upload } from "../harness/files.js";
import { createWorkspace, groupOf, invite, type Person, say } from "../harness/people.js";
import { eventually } from "../harness/waiting.js";
import { upTo, useWorkspace } from "../harness/workspace.js";
import { randomFrom, seedOfRun } from "../oracle/random.js";

const limits = { user: 10_000, tenant: 25_000 };
const workspace = useWorkspace({
  VERO_MAX_BYTES_PER_USER: String(limits.user),
  VERO_MAX_BYTES_PER_TENANT: String(limits.tenant),
});

const of = (size_bytes: number): object => ({ size_bytes });
const text = (size: number): File => ({ bytes: "a".repeat(size), content_type: "text/plain" });

async function tenantOf(by: Person): Promise<string> {
  const [row] = await workspace.stack.database.sql`select tenant_id from users where id = ${by.id}`;
  return row?.["tenant_id"];
}

/** Adds up the files themselves, and the counters with the changes that have not been added to them. */
async function sums(tenantId: string) {
  const { sql } = workspace.stack.database;
  const plain = sql`
    select uploader_id as user_id, sum(size_bytes)::text as bytes from media
    where tenant_id = ${tenantId} and status <> 'rejected' group by uploader_id order by uploader_id`;
  const counted = sql`
    select user_id, sum(bytes)::text as bytes from (
      select user_id, bytes from storage_usage where tenant_id = ${tenantId}
      union all select user_id, bytes from storage_changes where tenant_id = ${tenantId}
    ) each group by user_id having sum(bytes) <> 0 order by user_id`;
  const total = sql`
    select (select coalesce(sum(size_bytes), 0) from media where tenant_id = ${tenantId} and status <> 'rejected')::text
      as plain, (
        (select coalesce(sum(bytes), 0) from storage_totals where tenant_id = ${tenantId})
        + (select coalesce(sum(bytes), 0) from storage_changes where tenant_id = ${tenantId})
      )::text as counted`;
  // One snapshot: jobs may add changes to the counters between two statements.
  const [row] = await sql`
    select (select jsonb_agg(p) from (${plain}) p) as plain, (select jsonb_agg(c) from (${counted}) c) as counted,
      (select jsonb_agg(t) from (${total}) t) as totals`;
  return row as { plain: object[]; counted: object[]; totals: { plain: string; counted: string }[] };
}

async function expectExact(by: Person): Promise<void> {
  const tenantId = await tenantOf(by);
  const { plain, counted, totals } = await sums(tenantId);
  expect(counted).toEqual(plain);
  expect(totals[0]?.counted).toBe(totals[0]?.plain);
}

describe("what a user keeps", () => {
  it("is bounded, however many upload URLs are requested at once", async () => {
    const by = await invite(workspace.stack, workspace.ada);
    const answers = await Promise.all(upTo(15).map(() => requestUpload<object>(by, note, of(1_000))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    for (const answer of answers) if (answer.status !== 200) expectProblem(answer, 413, "quota_exceeded");
    expectProblem(await requestUpload<object>(by, note, of(1)), 413, "quota_exceeded");
    await expectExact(workspace.ada);
  });

  it("is less again when a file is rejected, removed, or never arrives", async () => {
    const { ada, grace, stack } = workspace;
    const by = await invite(stack, ada);
    const [kept, sent, refused] = [
      await ready(by, text(3_000)),
      await ready(by, text(3_000)),
      await upload(by, { bytes: Buffer.alloc(3_000), content_type: "image/png" }),
    ];
    expectProblem(await requestUpload<object>(by, note, of(3_000)), 413, "quota_exceeded");
    expectProblem(await confirm<object>(by, refused), 422, "content_type_mismatch");
    const { body: missing } = await requestUpload(by, note, of(4_000));
    expectProblem(await requestUpload<object>(by, note, of(1)), 413, "quota_exceeded");
    const { id } = await groupOf(by, [grace]);
    const message = await say(by, id, "a file", { media_ids: [sent.id] });
    await deleteMessage(by, message.id, "for_everyone");
    const { body: second } = await requestUpload(by, note, of(3_000));
    expectProblem(await requestUpload<object>(by, note, of(1)), 413, "quota_exceeded");
    // Nothing arrived at the one URL, and nothing can any more; at the other something still may.
    await stack.database
      .sql`update media set upload_expires_at = now() - interval '61 minutes' where id = ${missing.media_id}`;
    await stack.database
      .sql`update media set upload_expires_at = now() - interval '59 minutes' where id = ${second.media_id}`;
    expect((await requestUpload(by, note, of(4_000))).status).toBe(200);
    expect((await mediaOf(by, missing.media_id)).status).toBe(404);
    expect((await mediaOf(by, second.media_id)).status).toBe(200);
    expect((await mediaOf(by, kept.id)).status).toBe(200);
    await expectExact(ada);
  });

  it("counts a forwarded file once, for who uploaded it", async () => {
    const { stack } = workspace;
    const ada = await createWorkspace(stack, "Ada");
    const grace = await invite(stack, ada);
    const media = await ready(ada, text(6_000));
    const [first, second] = [await groupOf(ada, [grace]), await groupOf(ada, [grace])];
    const message = await say(ada, first.id, "a file", { media_ids: [media.id] });
    const { results } = (await forward(grace, [message.id], [second.id])).body;
    expect(results[0]?.status).toBe("sent");
    expect((await requestUpload(grace, note, of(10_000))).status).toBe(200);
    await deleteMessage(ada, message.id, "for_everyone");
    expectProblem(await requestUpload<object>(ada, note, of(5_000)), 413, "quota_exceeded");
    await expectExact(ada);
  });
});

describe("what a workspace keeps", () => {
  it("is bounded too, however many users request upload URLs at once, and no other workspace notices", async () => {
    const { stack, stranger } = workspace;
    const ada = await createWorkspace(stack, "Ada");
    const people = [ada, await invite(stack, ada), await invite(stack, ada), await invite(stack, ada)];
    const answers = await Promise.all(
      people.flatMap((by) => upTo(10).map(() => requestUpload<object>(by, note, of(1_000)))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(25);
    for (const answer of answers) if (answer.status !== 200) expectProblem(answer, 413, "quota_exceeded");
    await expectExact(ada);
    expect((await requestUpload(stranger, note, of(1_000))).status).toBe(200);
  });

  it("is the sum of its files after any number of operations at once", async () => {
    const { stack } = workspace;
    const { sql } = stack.database;
    const ada = await createWorkspace(stack, "Ada");
    const people: Person[] = [ada, await invite(stack, ada), await invite(stack, ada)];
    const groups = [await groupOf(ada, people.slice(1)), await groupOf(ada, people.slice(1))];
    const tenant = await tenantOf(ada);
    const random = randomFrom(seedOfRun());
    const image = await picture("png", 40, 30);
    const step = async (by: Person): Promise<void> => {
      const size = 1 + random.below(400);
      switch (random.below(6)) {
        case 0:
          await requestUpload(by, note, of(size));
          return;
        case 1:
          await confirm(
            by,
            await upload(by, random.chance(0.5) ? text(size) : { bytes: image, content_type: "image/png" }),
          );
          return;
        case 2:
          await confirm(by, await upload(by, { bytes: Buffer.alloc(size), content_type: "image/png" }));
          return;
        case 3: {
          const media = await ready(by, text(size));
          const message = await say(by, random.pick(groups).id, "a file", { media_ids: [media.id] });
          if (random.chance(0.3)) await forward(random.pick(people), [message.id], [random.pick(groups).id]);
          if (random.chance(0.6)) await deleteMessage(by, message.id, "for_everyone");
          return;
        }
        case 4:
          await sql`update media set attach_by = now() where id in (
            select id from media where tenant_id = ${tenant} and status <> 'pending' order by id limit 2)`;
          return;
        default:
          await sql`update media set created_at = now() - interval '25 hours' where id in (
            select id from media where tenant_id = ${tenant} and status = 'pending' order by id limit 1)`;
      }
    };
    for (let round = 0; round < 15; round += 1) {
      // Some of it fails, as it may: a file may be removed before it is confirmed.
      await Promise.allSettled(people.map(step));
      await expectExact(ada);
    }
  });
});

describe("a file that no message carries", () => {
  const due = (id: string) =>
    workspace.stack.database.sql`update media set attach_by = now() - interval '1 second' where id = ${id}`;

  it("is removed a week after it was confirmed or rejected, and one that a message carries is not", async () => {
    const { stack } = workspace;
    const ada = await createWorkspace(stack, "Ada");
    const { id: group } = await groupOf(ada, [await invite(stack, ada)]);
    const [unused, carried, young] = [await ready(ada), await ready(ada), await ready(ada)];
    const refused = await upload(ada, { bytes: "no image", content_type: "image/png" });
    await confirm(ada, refused);
    await say(ada, group, "a file", { media_ids: [carried.id] });
    const [row] = await stack.database.sql`
      select extract(epoch from attach_by - confirmed_at)::int as seconds from media where id = ${young.id}`;
    expect(row?.["seconds"]).toBe(7 * 24 * 60 * 60);
    for (const id of [unused.id, refused, carried.id]) await due(id);
    for (const id of [unused.id, refused]) {
      await eventually(async () => expect((await mediaOf(ada, id)).status).toBe(404));
    }
    const looked = async () => (await stack.database.sql`select attach_by from media where id = ${carried.id}`)[0];
    await eventually(async () => expect(await looked()).toEqual({ attach_by: null }));
    for (const { id, cdn_url } of [carried, young]) {
      expect((await mediaOf(ada, id)).status).toBe(200);
      expect((await fetch(cdn_url ?? "")).status).toBe(200);
    }
    await eventually(async () => expect((await fetch(unused.cdn_url ?? "")).status).toBeGreaterThanOrEqual(400));
    await expectExact(ada);
  });

  it("that is sent at that moment is either there, with its message, or not found", async () => {
    const { stack } = workspace;
    const ada = await createWorkspace(stack, "Ada");
    const { id: group } = await groupOf(ada, [await invite(stack, ada)]);
    const round = async () => {
      const media = await ready(ada);
      await due(media.id);
      const answer = await ada.call<{ id: string }>("POST /v1/chat/messages/send", {
        body: { conversation_id: group, text: "a file", media_ids: [media.id] },
      });
      if (answer.status !== 200) {
        expect((await mediaOf(ada, media.id)).status).toBe(404);
        return;
      }
      expect((await mediaOf(ada, media.id)).status).toBe(200);
      await eventually(async () => {
        const [row] = await stack.database.sql`select attach_by from media where id = ${media.id}`;
        expect(row).toEqual({ attach_by: null });
      });
    };
    // The cleanup job runs now and then, and each round waits for it; a user may have no more pending uploads.
    for (let set = 0; set < 2; set += 1) await Promise.all(upTo(4).map(round));
  });
});
