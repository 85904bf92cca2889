import { createHash, randomUUID } from "node:crypto";
import { errorTable, type Media } from "@vero/contracts";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { animation, flood, photograph, picture, plain } from "../files/pictures.js";
import { allTypes, sampleOf } from "../files/samples.js";
import { expectProblem } from "../harness/accounts.js";
import { block, forward } from "../harness/actions.js";
import { confirm, download, type File, mediaOf, note, put, ready, requestUpload, upload } from "../harness/files.js";
import { messageOf } from "../harness/observe.js";
import { directBetween, groupOf, invite, say } from "../harness/people.js";
import { waitFor } from "../harness/waiting.js";
import { upTo, useWorkspace, withoutRequestId, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
const isProof = process.env["VERO_PROVE"] === "1";

const image = (bytes: Buffer, content_type = "image/jpeg"): File => ({ bytes, content_type });
const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("200", () => {
  it.each(allTypes)("for %s, handed out as what it is", async (content_type) => {
    const bytes = await sampleOf(content_type);
    const media = await ready(workspace.ada, { bytes, content_type, sha256: sha256(bytes) });
    const isImage = content_type.startsWith("image/");
    const isShown = /^(image|audio|video)\//.test(content_type);
    expect(media).toMatchObject({
      status: "ready",
      content_type,
      width: isImage ? 64 : null,
      height: isImage ? 48 : null,
      thumbnail_url: isImage ? expect.any(String) : null,
    });
    const { headers, bytes: received } = await download(media.cdn_url);
    expect(headers.get("content-type")).toBe(content_type);
    expect(headers.get("content-disposition")).toMatch(isShown ? /^inline/ : /^attachment/);
    expect(received).toHaveLength(media.size_bytes);
    if (!isImage) expect(received.equals(bytes)).toBe(true);
  });

  it("answers the same again, and to all who ask at once", async () => {
    const { ada, stack } = workspace;
    const id = await upload(ada, image(await picture("jpeg", 1_200, 900)));
    await withSockets(stack, [ada], async (socket) => {
      // One is at work, and four more of a user may wait.
      const answers = await Promise.all(upTo(5).map(() => confirm(ada, id)));
      const again = await confirm(ada, id);
      for (const { status, body } of [...answers, again]) {
        expect(status).toBe(200);
        expect(body).toEqual(answers[0]?.body);
      }
      const other = await ready(ada);
      await socket.event("media.ready", (frame) => frame["data"].media.id === other.id);
      const confirmedIds = socket.events().map((frame) => frame["data"].media.id);
      expect(confirmedIds).toEqual([id, other.id]);
    });
  });

  it("takes out of a photograph what only its taker knew, and turns it upright", async () => {
    const before = await photograph();
    expect(before.includes("canary")).toBe(true);
    const media = await ready(workspace.ada, image(before));
    expect([media.width, media.height]).toEqual([40, 60]);
    for (const url of [media.cdn_url, media.thumbnail_url]) {
      const { bytes } = await download(url);
      const { width, height, exif, xmp, iptc, orientation } = await sharp(bytes).metadata();
      expect({ width, height, exif, xmp, iptc, orientation: orientation ?? 1 }).toEqual({
        width: 40,
        height: 60,
        exif: undefined,
        xmp: undefined,
        iptc: undefined,
        orientation: 1,
      });
      expect(bytes.includes("canary")).toBe(false);
    }
  });

  it.each(["gif", "webp"] as const)("keeps an animation of %s moving", async (format) => {
    const media = await ready(workspace.ada, image(await animation(format), `image/${format}`));
    expect([media.width, media.height]).toEqual([40, 30]);
    const { pages, delay, loop } = await sharp((await download(media.cdn_url)).bytes, { animated: true }).metadata();
    expect({ pages, delay, loop }).toEqual({ pages: 3, delay: [100, 200, 300], loop: 2 });
    const thumbnail = await sharp((await download(media.thumbnail_url)).bytes).metadata();
    expect([thumbnail.format, thumbnail.pages ?? 1, thumbnail.width, thumbnail.height]).toEqual(["webp", 1, 40, 30]);
  });

  it.each(["gif", "webp"] as const)(
    "keeps all of 500 frames of %s, the most that an animation may have",
    async (format) => {
      const media = await ready(workspace.ada, image(await flood(format, 500), `image/${format}`));
      expect([media.width, media.height]).toEqual([8, 8]);
    },
  );

  it("makes a thumbnail of 480 pixels at most, whatever the shape", async () => {
    for (const [width, height, shown] of [
      [2_000, 1_000, [480, 240]],
      [1_000, 2_000, [240, 480]],
      [3_000, 1, [480, 1]],
      [100, 50, [100, 50]],
    ] as const) {
      const media = await ready(workspace.ada, image(await picture("png", width, height), "image/png"));
      const thumbnail = await sharp((await download(media.thumbnail_url)).bytes).metadata();
      expect([thumbnail.width, thumbnail.height]).toEqual(shown);
    }
  });

  it("shows the colours of another profile as they were", async () => {
    const bytes = await plain(20, 20, "#00ff00").withIccProfile("p3").jpeg().toBuffer();
    const media = await ready(workspace.ada, image(bytes));
    const [channels] = await sharp((await download(media.cdn_url)).bytes)
      .raw()
      .toBuffer({ resolveWithObject: true })
      .then(({ data }) => [[data[0], data[1], data[2]] as number[]]);
    for (const [index, value] of [0, 255, 0].entries()) expect(channels?.[index]).toBeCloseTo(value, -1);
  });

  it(`takes ${isProof ? 200 : 40} images in a row`, async () => {
    const by = await invite(workspace.stack, workspace.ada);
    for (const n of upTo(isProof ? 200 : 40)) {
      const format = (["jpeg", "png", "webp", "gif"] as const)[n % 4] ?? "jpeg";
      const bytes = await picture(format, 200 + n, 150);
      const media = await ready(by, image(bytes, `image/${format}`));
      expect([media.status, media.width]).toEqual(["ready", 200 + n]);
    }
  });

  it("sends an event to all sessions of the uploader, and nobody else", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [ada, ada, grace], async (first, second, other) => {
      const media = await ready(ada);
      for (const socket of [first, second]) {
        const frame = await socket.event("media.ready", () => true);
        expect(frame["data"]).toEqual({ media });
        expect(frame["conversation_id"]).toBeUndefined();
      }
      const { id } = await ready(grace);
      await other.event("media.ready", (frame) => frame["data"].media.id === id);
      expect(other.events()).toHaveLength(1);
    });
  });

  it("removes what was put, from where it was put", async () => {
    const { ada, stack } = workspace;
    const { id } = await ready(ada);
    const [row] = await stack.database.sql`
      select r.due_at from object_removals r join media m on m.upload_key = r.key where m.id = ${id}`;
    // Once more when what was begun with its URL in the last moment has arrived, which may take an hour.
    expect(Math.abs(row?.["due_at"].getTime() - Date.now() - 75 * 60_000)).toBeLessThan(60_000);
    const kept = await stack.database.sql`
      select from object_removals r join media m on r.key in (m.object_key, m.thumbnail_key) where m.id = ${id}`;
    expect(kept).toHaveLength(0);
  });
});

describe("403", () => {
  it("you_blocked_user for a message to somebody blocked, whom no file reaches", async () => {
    const { ada, stack } = workspace;
    const [blocker, other] = [await invite(stack, ada, "Blocker"), await invite(stack, ada, "Other")];
    const { id: message_id } = await say(blocker, (await directBetween(blocker, other)).id, "before");
    const id = await upload(blocker, note);
    await block(blocker, other);
    expectProblem((await confirm(blocker, id, { message_id })) as never, 403, "you_blocked_user");
    expect((await messageOf(other, message_id)).attachments).toEqual([]);
  });

  it("forbidden for a forwarded message, which is somebody else's words", async () => {
    const { ada, grace } = workspace;
    const { id: group } = await groupOf(ada, [grace]);
    const source = await say(grace, group, "hers");
    const { results } = (await forward(ada, [source.id], [group])).body;
    const message_id = results[0]?.messages?.[0]?.id as string;
    expectProblem((await confirm(ada, await upload(ada, note), { message_id })) as never, 403, "forbidden");
    expect((await messageOf(grace, message_id)).attachments).toEqual([]);
  });
});

describe("404", () => {
  it("media_not_found for everybody but the uploader, as for an id that does not exist", async () => {
    const { ada, grace, outsider, stranger } = workspace;
    const unknown = await ada.call<object>(`POST /v1/chat/media/${randomUUID()}/confirm`, { body: {} });
    expectProblem(unknown, 404, "media_not_found");
    const id = await upload(ada);
    for (const person of [grace, outsider, stranger]) {
      expect(withoutRequestId(await confirm(person, id))).toEqual(withoutRequestId(unknown));
    }
    expect((await mediaOf(ada, id)).body.status).toBe("pending");
    await confirm(ada, id);
    for (const person of [grace, stranger]) expect((await confirm(person, id)).status).toBe(404);
  });
});

describe("409", () => {
  it("upload_missing until it is there", async () => {
    const { ada } = workspace;
    const { body } = await requestUpload(ada, note);
    for (let time = 0; time < 2; time += 1) {
      expectProblem(await confirm<object>(ada, body.media_id), 409, "upload_missing");
    }
    expect((await mediaOf(ada, body.media_id)).body.status).toBe("pending");
    await put(body, note.bytes);
    expect((await confirm(ada, body.media_id)).body.status).toBe("ready");
  });
});

describe("422", () => {
  async function rejects(file: File, code: keyof typeof errorTable): Promise<void> {
    const { ada, stack } = workspace;
    await withSockets(stack, [ada], async (socket) => {
      const id = await upload(ada, file);
      const answers = await Promise.all(upTo(4).map(() => confirm<object>(ada, id)));
      for (const answer of [...answers, await confirm<object>(ada, id)]) {
        expectProblem(answer, errorTable[code].status, code);
      }
      const { data } = await socket.event("media.rejected", () => true);
      const { body } = await mediaOf(ada, id);
      expect(data).toEqual({ media: body });
      expect(body).toMatchObject({ status: "rejected", cdn_url: null, thumbnail_url: null });
      expect(socket.events()).toHaveLength(1);
    });
  }

  it("content_type_mismatch, for good", async () => {
    await rejects({ bytes: "no image", content_type: "image/png" }, "content_type_mismatch");
  });

  it("checksum_mismatch, of images and of all else", async () => {
    await rejects({ ...note, sha256: sha256("other words") }, "checksum_mismatch");
    await rejects({ ...image(await picture("jpeg")), sha256: sha256("") }, "checksum_mismatch");
  });

  it("image_too_large, also where each frame is small", async () => {
    const colours = await Promise.all(["red", "blue"].map((one) => plain(2_000, 2_000, one).png().toBuffer()));
    const frames = upTo(13).map((n) => colours[n % 2] as Buffer);
    const bytes = await sharp(frames, { join: { animated: true } })
      .gif({ effort: 1 })
      .toBuffer();
    await rejects(image(bytes, "image/gif"), "image_too_large");
  });

  it("size_mismatch, where the store took what it should not have", async () => {
    const { ada, stack } = workspace;
    const id = await upload(ada);
    await stack.database.sql`update media set size_bytes = 12 where id = ${id}`;
    expectProblem(await confirm<object>(ada, id), 422, "size_mismatch");
    expect((await mediaOf<Media>(ada, id)).body.status).toBe("rejected");
  });

  it("removes the object, and lets nothing be put in its place", async () => {
    const { ada, stack } = workspace;
    const { body } = await requestUpload(ada, { bytes: "no image", content_type: "image/png" });
    await put(body, "no image");
    await confirm(ada, body.media_id);
    await put(body, "no image");
    await stack.database.sql`update object_removals set due_at = now()`;
    await waitFor(async () => (await stack.database.sql`select from object_removals`).length === 0);
    expectProblem(await confirm<object>(ada, body.media_id), 422, "content_type_mismatch");
  });
});
