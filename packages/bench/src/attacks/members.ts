import { randomBytes, randomUUID } from "node:crypto";
import { createVero, type Vero } from "@vero/sdk";

/** Somebody who is signed in, with requests of their own making. */
export interface Member {
  vero: Vero;
  /** The headers of each request of theirs: who they are, and where they come from. */
  headers: Readonly<Record<string, string>>;
  /** A request that is never repeated; its answer is read to the end. */
  request(method: "GET" | "POST", path: string, body?: object): Promise<{ status: number; text: string }>;
}

let count = 0;

/** The header by which the server is told of an address that nobody else has, as by the proxy that it believes to be behind. */
export function nextAddress(): { "x-forwarded-for": string } {
  count += 1;
  return { "x-forwarded-for": `10.0.${count >> 8}.${count & 255}` };
}

async function join(url: string, place: { tenant_name: string } | { invite_token: string }): Promise<Member> {
  const forwarded = nextAddress();
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
  const headers = { ...forwarded, authorization: `Bearer ${access_token}` };
  return {
    vero,
    headers,
    request: async (method, path, body) => {
      const answer = await fetch(new URL(path, url), {
        method,
        headers: { ...headers, ...(body && { "content-type": "application/json" }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, text: await answer.text() };
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
