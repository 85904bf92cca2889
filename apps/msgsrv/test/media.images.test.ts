import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { animation, flood, picture, plain } from "../../../test/files/pictures.js";
import { problemOf } from "../src/media/images.clean.js";
import { countFrames } from "../src/media/images.frames.js";
import { createImages, type Images } from "../src/media/images.js";
import { createImageProcess } from "../src/media/images.process.js";

let images: Images;
let folder: string;
beforeAll(async () => {
  images = await createImages();
  folder = await mkdtemp(join(tmpdir(), "vero-test-"));
});
afterAll(async () => {
  images.close();
  await rm(folder, { recursive: true });
});

async function clean(bytes: Buffer, type: string) {
  return images.inFolder(async (place) => {
    const source = join(place, "upload");
    await writeFile(source, bytes);
    const { width, height } = await images.clean(place, source, type);
    return [width, height];
  });
}

describe("an image", () => {
  it("small beside a demanding one does not wait for it", async () => {
    const large = plain(2_500, 2_500).avif({ effort: 0 }).toBuffer();
    const finished: string[] = [];
    const demanding = clean(await large, "image/avif").then(() => finished.push("demanding"));
    await clean(await picture("png"), "image/png");
    finished.push("small");
    await demanding;
    expect(finished).toEqual(["small", "demanding"]);
  });

  it("of another format than its type is not read, whatever libvips could do with it", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const bytes of [svg, await plain(9, 9).tiff().toBuffer(), await picture("gif")]) {
      await expect(clean(bytes, "image/png")).rejects.toMatchObject({ code: "content_type_mismatch" });
    }
    expect(await clean(await picture("png"), "image/png")).toEqual([64, 48]);
  });
});

describe("a process that writes images anew", () => {
  it("is ended when an image takes too much of a processor or of time, and the next image is done all the same", async () => {
    const [source, image, thumbnail] = ["upload", "image", "thumbnail"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const task = { source, image, thumbnail, type: "image/avif", cpuMs: 300 };
    const [large, small] = [await plain(4_000, 4_000).avif({ effort: 0 }).toBuffer(), await picture("avif")];
    const patient = createImageProcess({ wallMs: 120_000 });
    await writeFile(source, large);
    await expect(patient.clean({ ...task, lane: "slow" })).rejects.toMatchObject({ problem: "too_large" });
    await writeFile(source, small);
    expect(await patient.clean({ ...task, lane: "quick" })).toMatchObject({ width: 64, height: 48 });
    patient.end();
    // Says nothing about the image: others had the processor.
    const hasty = createImageProcess({ wallMs: 1 });
    await expect(hasty.clean({ ...task, lane: "quick" })).rejects.toMatchObject({ problem: "unavailable" });
    hasty.end();
  });

  it("tells what the machine is short of from what is wrong with the image", () => {
    expect(problemOf(new Error("vips_tracked: out of memory --- size == 48MB"))).toBe("unavailable");
    expect(problemOf(new Error("heif: Memory allocation error: cannot allocate"))).toBe("unavailable");
    expect(problemOf(new Error("ENOSPC: no space left on device, write"))).toBe("unavailable");
    expect(problemOf(new Error("pngload: libspng read error"))).toBe("unreadable");
  });
});

describe("countFrames", () => {
  it.each(["gif", "webp"] as const)("counts those of %s, and stops at one more than there may be", async (format) => {
    expect(countFrames(await animation(format), `image/${format}`, 500)).toBe(3);
    expect(countFrames(await flood(format, 500), `image/${format}`, 500)).toBe(500);
    expect(countFrames(await flood(format, 3_000), `image/${format}`, 500)).toBe(501);
  });

  it.each(["gif", "webp"] as const)("comes to an end with %s cut anywhere", async (format) => {
    const bytes = await animation(format);
    for (let end = 0; end < bytes.length; end += 1) {
      expect(countFrames(bytes.subarray(0, end), `image/${format}`, 500)).toBeLessThanOrEqual(3);
    }
  });
});
