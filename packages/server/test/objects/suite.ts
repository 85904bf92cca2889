import { expect, it, onTestFinished } from "vitest";
import { testMs } from "../../../../test/harness/waiting.js";
import { startChild } from "./child.js";
import { bytes } from "./host.js";
import { describeDownloads } from "./suite.downloads.js";
import { describeObjects } from "./suite.objects.js";
import { asText, key, MB, type StoreUnderTest, soon, terms, useStore } from "./suite.setup.js";
import { describeUploads } from "./suite.uploads.js";
import { put, sizeOf } from "./transfers.js";

/** Tests of an object store, the same for disks and S3. */
export function describeStore({ config, incoming }: StoreUnderTest): void {
  const fixture = useStore(config);
  describeUploads(fixture, incoming);
  describeDownloads(fixture);
  describeObjects(fixture, incoming);

  it("moves 100 MB in the memory of few", { timeout: 2 * testMs }, async () => {
    const child = await startChild(config());
    onTestFinished(() => child.stop());
    const move = async (size_bytes: number): Promise<void> => {
      const [sent, written] = [key(), key()];
      const { url, headers } = await child.call("signUpload", sent, { ...terms(size_bytes) });
      expect((await put(url, { ...headers, "content-length": size_bytes }, bytes(size_bytes))).status).toBeLessThan(
        300,
      );
      expect(await sizeOf(await child.call("signDownload", sent, { ...asText, expires_at: soon() }))).toBe(size_bytes);
      await child.call("write", written, size_bytes);
      expect(await child.call("read", written)).toBe(size_bytes);
      await fixture.store.delete([sent, written]);
    };
    // Code is compiled and buffers are made once.
    await move(8 * MB);
    await child.call("peak");
    const before = await child.call("peak");
    await move(100 * MB);
    const after = await child.call("peak");
    expect((after - before) / MB).toBeLessThan(40);
  });
}
