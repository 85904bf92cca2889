import { describe, expect, it } from "vitest";
import { confirm, download, mediaOf, ready, upload } from "../harness/files.js";
import { groupOf, say } from "../harness/people.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

describe("200", () => {
  it("smoke", async () => {
    const { ada, grace } = workspace;
    const media = await ready(ada);
    console.log(media);
    const got = await download(media.cdn_url);
    console.log(got.status, got.bytes.toString(), got.headers);
    const { id } = await groupOf(ada, [grace]);
    const m = await say(ada, id, "x", { media_ids: [media.id] });
    console.log(JSON.stringify(m));
    console.log((await mediaOf(grace, media.id)).body);
    const again = await upload(ada);
    console.log((await confirm(ada, again, { message_id: m.id })).body);
  });
});
