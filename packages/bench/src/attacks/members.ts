import { randomBytes, randomUUID } from "node:crypto";
import { createVero, type Vero } from "@vero/sdk";

/** Somebody who is signed in, with requests of their own making. */
export interface Member {
  vero: Vero;
  /** A request that is never repeated; its answer is read to the end. */
  request(method: "GET" | "POST", path: string, body?: object): Promise<{ status: number; bytes: number }>;
}

let count = 0;

/** Each member comes from an address of their own, as the server is told by the proxy that it believes to be behind. */
function nextAddress(): string {
  count += 1;
  return `10.0.${count >> 8}.${count & 255}`;
}

async function join(url: string, place: { tenant_name: string } | { invite_token: string }): Promise<Member> {
  const forwarded = { "x-forwarded-for": nextAddress() };
  const vero = createVero({
    baseUrl: url,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      for (const [name, value] of Object.entries(forwarded)) headers.set(name, value);
      return fetch(input, { ...init, headers });
    },
  });
  const { access_token } = await vero.auth.signup({
    email: `${randomUUID()}@example.com`,
    password: randomBytes(18).toString("base64url"),
    display_name: "Member",
    ...place,
  });
  return {
    vero,
    request: async (method, path, body) => {
      const answer = await fetch(new URL(path, url), {
        method,
        headers: {
          ...forwarded,
          authorization: `Bearer ${access_token}`,
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, bytes: (await answer.arrayBuffer()).byteLength };
    },
  };
}

/** A new workspace with so many members. */
export async function createMembers(url: string, name: string, size: number): Promise<Member[]> {
  const owner = await join(url, { tenant_name: name });
  const members = [owner];
  while (members.length < size) {
    const { token } = await owner.vero.auth.createInvite({ role: "member" });
    members.push(await join(url, { invite_token: token }));
  }
  return members;
}
