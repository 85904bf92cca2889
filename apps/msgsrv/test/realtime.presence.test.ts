import { randomUUID } from "node:crypto";
import { AppError } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { createPresence } from "../src/realtime/realtime.service.js";
import { log, useDatabase } from "./database.setup.js";

const ground = useDatabase();
const presence = (more: { isOnlyNode?: boolean } = {}) => createPresence({ database: ground.database, log, ...more });

/** Rows that nobody holds in memory. */
async function leaveBehind(count: number, secondsAgo: number, nodeId: string = randomUUID()): Promise<void> {
  const { tenant_id, user_id } = ground.actor;
  await ground.stored.sql`
    insert into connections (tenant_id, user_id, id, node_id, seen_at)
    select ${tenant_id}, ${user_id}, gen_random_uuid(), ${nodeId}, now() - make_interval(secs => ${secondsAgo})
    from generate_series(1, ${count}::int)`;
}

const rows = () => ground.stored.sql<{ id: string; node_id: string; age: number }[]>`
  select id, node_id, extract(epoch from now() - seen_at)::float8 as age from connections
  where user_id = ${ground.actor.user_id} order by seen_at desc`;

async function lastSeen(): Promise<Date | null> {
  const [row] = await ground.stored.sql`select last_seen_at from users where id = ${ground.actor.user_id}`;
  return row?.["last_seen_at"];
}

describe("ten sockets", () => {
  it("that a living node has seen lately are the limit", async () => {
    await leaveBehind(10, 15);
    await expect(presence().arrive(randomUUID(), ground.actor)).rejects.toThrow(AppError);
  });

  it("that no node has seen for two renewals do not count", async () => {
    await leaveBehind(10, 26);
    await presence().arrive(randomUUID(), ground.actor);
  });

  it("that were left behind by a node that was the only one do not count from its next start on", async () => {
    await leaveBehind(10, 1);
    await presence({ isOnlyNode: true }).arrive(randomUUID(), ground.actor);
    expect(await rows()).toHaveLength(1);
    expect(await lastSeen()).not.toBeNull();
  });
});

describe("a renewal", () => {
  it("keeps the sockets that are here, and lets go of rows of its own that belong to none", async () => {
    const [node, id] = [presence(), randomUUID()];
    await node.arrive(id, ground.actor);
    const [row] = await rows();
    await leaveBehind(1, 20, row?.node_id);
    await leaveBehind(1, 30, row?.node_id);
    await ground.stored.sql`update connections set seen_at = now() - interval '24 s' where id = ${id}`;
    await node.renew();
    const left = await rows();
    expect(left[0]).toMatchObject({ id });
    expect(left.map(({ age }) => Math.floor(age / 10))).toEqual([0, 2]);
    expect(await lastSeen()).not.toBeNull();
  });
});

describe("when the user was last here", () => {
  it("is noted with the departure of a socket", async () => {
    const [node, id] = [presence(), randomUUID()];
    await node.arrive(id, ground.actor);
    expect(await lastSeen()).toBeNull();
    await node.depart(id, ground.actor);
    expect(await rows()).toEqual([]);
    expect(await lastSeen()).not.toBeNull();
  });

  it("is noted with the departure of a node", async () => {
    const node = presence();
    await node.arrive(randomUUID(), ground.actor);
    await node.leave();
    expect(await rows()).toEqual([]);
    expect(await lastSeen()).not.toBeNull();
  });
});
