import { vi } from "vitest";
import type { WebStorage } from "../src/index.js";
import type { Service } from "./service.js";

export const credentials = {
  ada: { email: "ada@example.com", password: "a long passphrase" },
  grace: { email: "grace@example.com", password: "a long passphrase" },
};

/** Something to wait for. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

/** Locks as browsers have them, for pages: one task of a name at a time. */
export function webLocks() {
  const last = new Map<string, Promise<unknown>>();
  const request = vi.fn((name: string, task: () => Promise<unknown>) => {
    const running = (last.get(name) ?? Promise.resolve()).then(task, task);
    last.set(name, running);
    return running;
  });
  vi.stubGlobal("navigator", { locks: { request } });
  return request;
}

/** A storage as pages have it, and what is in it. */
export function mapStorage() {
  const data = new Map<string, string>();
  const storage: WebStorage = {
    getItem: (key) => data.get(key) ?? null,
    setItem: (key, value) => void data.set(key, value),
    removeItem: (key) => void data.delete(key),
  };
  return { storage, data };
}

export const upload = {
  id: "0199d0a3-5a10-7000-8000-0000000000e1",
  create: "POST /v1/chat/media/upload-url",
  put: "PUT /files/put",
  confirm: "POST /v1/chat/media/0199d0a3-5a10-7000-8000-0000000000e1/confirm",
};

/** Lets the service take one upload, of these headers. */
export function acceptUpload(service: Service, headers: Record<string, string> = {}): void {
  service.open.add("/files/put");
  service.on(upload.create, () => ({
    body: { media_id: upload.id, upload_url: `${service.url}/files/put?signature=s`, headers },
  }));
  service.on(upload.put, () => ({ status: 204 }));
  service.on(upload.confirm, () => ({ body: { id: upload.id, status: "ready" } }));
}
