import type { DownloadTerms, ObjectStoreOptions, UploadTerms } from "../../src/index.js";
import { bytes, count, serveStore } from "./host.js";

/** A process whose memory is that of a store only. */
const config = JSON.parse(process.env["STORE_CONFIG"] ?? "{}") as ObjectStoreOptions["config"];
const { store, close } = await serveStore(config);

let peak = 0;
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 5).unref();

const calls = {
  signUpload: (key: string, terms: UploadTerms) => store.signUpload(key, terms),
  signDownload: (key: string, terms: DownloadTerms) => store.signDownload(key, terms),
  write: (key: string, size_bytes: number) =>
    store.write(key, bytes(size_bytes), { content_type: "application/zip", size_bytes }),
  read: async (key: string) => count(await store.read(key)),
  /** The most memory since it was asked for last. */
  peak: async () => {
    const most = peak;
    peak = process.memoryUsage.rss();
    return most;
  },
};

export type Calls = typeof calls;

process.on("message", ({ id, name, args }: { id: number; name: keyof Calls; args: never[] }) => {
  const call = calls[name] as (...args: never[]) => Promise<unknown>;
  call(...args).then(
    (value) => process.send?.({ id, value }),
    (error: unknown) => process.send?.({ id, error: String((error as { code?: string }).code ?? error) }),
  );
});
process.on("disconnect", () => void close());
process.send?.({ id: 0 });
