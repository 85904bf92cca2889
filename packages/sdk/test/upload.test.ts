import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createVero, isVeroError, type Progress, type Vero } from "../src/index.js";
import { acceptUpload, upload } from "./fixture.js";
import { type Answer, problem, Service } from "./service.js";

let service: Service;
let vero: Vero;
const { id } = upload;
const bytes = new TextEncoder().encode('"bytes"');

/** Answers the PUTs of the bytes in turn, and all further ones with the last answer. */
const answers: Answer[] = [];

beforeEach(async () => {
  service = await Service.start();
  vero = createVero({ baseUrl: service.url, tokens: service.issue(), retry: { minDelayMs: 1 } });
  answers.splice(0, answers.length, { status: 204 });
  acceptUpload(service, { "content-type": "text/plain", "content-length": String(bytes.length), "x-more": "1" });
  service.on(upload.put, () => (answers.length > 1 ? answers.shift() : answers[0]) as Answer);
});
afterEach(() => service.stop());

const bodyOf = (path: string): unknown => service.requests.find((one) => one.path === path)?.body;
const uploadUrl = "/v1/chat/media/upload-url";
const failureOf = (uploading: Promise<unknown>): Promise<unknown> => uploading.catch((error: unknown) => error);

describe("an upload", () => {
  test("announces, puts and confirms, and answers the file", async () => {
    const file = new File([bytes], "note.txt", { type: "text/plain" });
    expect(await vero.media.upload(file, { messageId: id })).toEqual({ id, status: "ready" });
    expect(bodyOf(uploadUrl)).toEqual({ file_name: "note.txt", content_type: "text/plain", size_bytes: 7 });
    const put = service.requests.find(({ method }) => method === "PUT");
    expect(put).toMatchObject({ query: { signature: "s" }, body: "bytes" });
    expect(put?.headers).toMatchObject({ "content-type": "text/plain", "content-length": "7", "x-more": "1" });
    // The URL says who may: no token goes to where files are kept.
    expect(put?.headers.authorization).toBeUndefined();
    expect(bodyOf(`/v1/chat/media/${id}/confirm`)).toEqual({ message_id: id });
  });

  test("takes bytes, with a name and a type that are given", async () => {
    await vero.media.upload(bytes, { fileName: "a.txt", contentType: "text/plain" });
    expect(bodyOf(uploadUrl)).toEqual({ file_name: "a.txt", content_type: "text/plain", size_bytes: 7 });
  });

  test("calls onProgress with the bytes sent", async () => {
    const progressed: Progress[] = [];
    await vero.media.upload(bytes, { onProgress: (progress) => progressed.push(progress) });
    expect(progressed).toEqual([
      { sent: 0, total: 7 },
      { sent: 7, total: 7 },
    ]);
  });

  test("puts and confirms again after a passing failure", async () => {
    answers.unshift({ broken: true }, problem(503, "unavailable"));
    service.on(upload.confirm, () =>
      service.count(upload.confirm) < 3 ? problem(503, "unavailable") : { body: { id } },
    );
    expect(await vero.media.upload(bytes)).toEqual({ id });
    expect([service.count(upload.put), service.count(upload.confirm)]).toEqual([3, 3]);
  });

  test.each([
    ["already_uploaded", problem(409, "already_uploaded")],
    ["412, as S3 answers it", { status: 412, text: "<Error/>" }],
  ])("confirms what an attempt has put whose answer was lost: %s", async (_, answer) => {
    answers.unshift({ broken: true }, problem(409, "upload_in_progress"), answer);
    expect(await vero.media.upload(bytes)).toEqual({ id, status: "ready" });
    expect(service.count(upload.put)).toBe(3);
  });

  test("throws the refusal of the service, and then does no more", async () => {
    answers.unshift(problem(403, "url_expired"));
    expect(isVeroError(await failureOf(vero.media.upload(bytes)), "url_expired")).toBe(true);
    answers.splice(0, answers.length, { status: 403, text: "<Error/>" });
    expect(await failureOf(vero.media.upload(bytes))).toMatchObject({ code: "unexpected_response", status: 403 });
    expect(service.count(upload.confirm)).toBe(0);
    service.on(upload.create, () => problem(415, "media_type_not_allowed"));
    expect(isVeroError(await failureOf(vero.media.upload(bytes)), "media_type_not_allowed")).toBe(true);
  });

  test("ends when its signal fires", async () => {
    const controller = new AbortController();
    service.on(upload.put, () => {
      controller.abort();
      return new Promise<Answer>(() => {});
    });
    const failure = await failureOf(vero.media.upload(bytes, { signal: controller.signal }));
    expect(isVeroError(failure, "aborted")).toBe(true);
    expect(service.count(upload.confirm)).toBe(0);
  });
});
