import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import type { PublishEvents } from "../src/events/events.publisher.js";
import { createPresence } from "../src/presence/presence.js";
import { log, useDatabase } from "./database.setup.js";

const fixture = useDatabase();

/** A node, with all that it says of who came and went. */
function node(more: { isOnlyNode?: boolean; offlineAfterSeconds?: number } = {}) {
  const said: string[] = [];
  const publish: PublishEvents = async (pending) => {
    for (const one of pending) if (one.to === "tenant") said.push(`${one.event.type} ${one.event.user_id}`);
  };
  const presence = createPresence({ database: fixture.database, publish, log, offlineAfterSeconds: 15, ...more });
  return { ...presence, said };
}
const news = () => `presence.changed ${fixture.actor.user_id}`;

/** Rows that nobody holds in memory. */
async function leaveBehind(count: number, expiresIn: number): Promise<void> {
  const { tenant_id, user_id } = fixture.actor;
  await fixture.stored.sql`
    insert into connections (tenant_id, user_id, id, node_id, seen_at, expires_at)
    select ${tenant_id}, ${user_id}, gen_random_uuid(), gen_random_uuid(),
      now() - make_interval(secs => 60), now() + make_interval(secs => ${expiresIn})
    from generate_series(1, ${count}::int)`;
}
const expireAll = () => fixture.stored.sql`
  update connections set expires_at = now() - interval '1 ms' where user_id = ${fixture.actor.user_id}`;

interface Row {
  id: string;
  is_open: boolean;
  left: number;
}
const rows = () => fixture.stored.sql<Row[]>`
  select id, is_open, extract(epoch from expires_at - now())::float8 as left from connections
  where user_id = ${fixture.actor.user_id} order by expires_at desc`;

async function seenAgo(): Promise<number | null> {
  const [row] = await fixture.stored.sql`
    select extract(epoch from now() - last_seen_at)::float8 as ago from users where id = ${fixture.actor.user_id}`;
  return row?.["ago"];
}

describe("ten sockets", () => {
  it("that are open are the limit", async () => {
    await leaveBehind(10, 10);
    await expect(node().arrive(randomUUID(), fixture.actor, randomUUID())).rejects.toMatchObject({
      reason: "connection_limit",
    });
  });

  it("that have closed do not count, nor do those that no node has renewed in time", async () => {
    const one = node();
    const ids = Array.from({ length: 10 }, () => randomUUID());
    for (const id of ids) await one.arrive(id, fixture.actor, randomUUID());
    for (const id of ids) await one.depart(id, fixture.actor);
    await leaveBehind(10, -1);
    await one.arrive(randomUUID(), fixture.actor, randomUUID());
    expect(await rows()).toHaveLength(21);
  });

  it("that were left behind by a node that was the only one do not count from its next start on", async () => {
    await leaveBehind(10, 10);
    const one = node({ isOnlyNode: true });
    await one.arrive(randomUUID(), fixture.actor, randomUUID());
    expect((await rows()).filter(({ is_open }) => is_open)).toHaveLength(1);
    // No event said that the user had gone.
    expect(one.said).toEqual([]);
  });
});

describe("a token", () => {
  it("opens one socket, on whichever node, also when it comes to two at once", async () => {
    const token = randomUUID();
    const nodes = [node(), node(), node()];
    const arrivals = await Promise.allSettled(nodes.map((one) => one.arrive(randomUUID(), fixture.actor, token)));
    expect(arrivals.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const again = node().arrive(randomUUID(), fixture.actor, token);
    await expect(again).rejects.toMatchObject({ reason: "auth_failed" });
    expect(await rows()).toHaveLength(1);
  });

  it("that was refused for the number of sockets has opened none", async () => {
    await leaveBehind(10, 10);
    const token = randomUUID();
    await expect(node().arrive(randomUUID(), fixture.actor, token)).rejects.toThrow();
    await expireAll();
    await node().arrive(randomUUID(), fixture.actor, token);
  });

  it("is forgotten ten minutes later, long after it has expired", async () => {
    const tokens = [randomUUID(), randomUUID()];
    const one = node();
    for (const token of tokens) await one.arrive(randomUUID(), fixture.actor, token);
    await fixture.stored.sql`
      update used_realtime_tokens set used_at = now() - interval '11 minutes' where id = ${tokens[0] ?? ""}`;
    await one.renew();
    const left = await fixture.stored.sql`select id from used_realtime_tokens where id = any(${tokens})`;
    expect(left.map(({ id }) => id)).toEqual([tokens[1]]);
  });
});

describe("a renewal", () => {
  it("keeps the sockets that are here, and no others", async () => {
    const [one, id] = [node(), randomUUID()];
    await one.arrive(id, fixture.actor, randomUUID());
    await leaveBehind(1, 20);
    await fixture.stored.sql`update connections set expires_at = now() + interval '1 s' where id = ${id}`;
    await one.renew();
    const [kept, other] = await rows();
    expect(kept).toMatchObject({ id, is_open: true });
    expect(kept?.left).toBeGreaterThan(20);
    expect(other?.left).toBeLessThan(20);
  });

  it("brings back those that another node took for dead, and says that the user is here after all", async () => {
    const [late, other, id] = [node(), node(), randomUUID()];
    await late.arrive(id, fixture.actor, randomUUID());
    await expireAll();
    await other.removeExpired();
    expect(await rows()).toEqual([]);
    await late.renew();
    expect(await rows()).toMatchObject([{ id, is_open: true }]);
    expect([late.said, other.said]).toEqual([[news(), news()], [news()]]);
  });
});

describe("after everything stood still", () => {
  it("nobody has gone: each node renews its own first, and gives the others time for theirs", async () => {
    // Before the nodes are made: the clock starts anew.
    vi.useFakeTimers({ toFake: ["performance"] });
    try {
      const [one, other] = [node(), node()];
      const [here, there] = [randomUUID(), randomUUID()];
      await one.arrive(here, fixture.actor, randomUUID());
      await other.arrive(there, fixture.actor, randomUUID());
      await expireAll();
      vi.advanceTimersByTime(30_000);
      await one.removeExpired();
      expect((await rows()).map(({ id }) => id).sort()).toEqual([here, there].sort());
      await one.depart(here, fixture.actor);
      await expireAll();
      await other.renew();
      vi.advanceTimersByTime(13_000);
      // Connections that were not renewed by then have expired.
      await one.removeExpired();
      expect((await rows()).map(({ id }) => id)).toEqual([there]);
      expect([...one.said, ...other.said]).toEqual([news()]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("who comes", () => {
  it("is news with the first socket only, also of many that open at once on several nodes", async () => {
    const nodes = [node(), node(), node()];
    await Promise.all(
      nodes.flatMap((one) => [one, one, one].map(() => one.arrive(randomUUID(), fixture.actor, randomUUID()))),
    );
    expect(nodes.flatMap(({ said }) => said)).toEqual([news()]);
  });

  it("is no news while there is anything left of an earlier socket", async () => {
    const [one, id] = [node({ offlineAfterSeconds: 0 }), randomUUID()];
    await one.arrive(id, fixture.actor, randomUUID());
    await one.depart(id, fixture.actor);
    await one.arrive(randomUUID(), fixture.actor, randomUUID());
    await one.removeExpired();
    expect(one.said).toEqual([news()]);
    expect(await rows()).toHaveLength(1);
  });
});

describe("who goes", () => {
  it("stays for a while after the last socket has closed", async () => {
    const [one, id] = [node(), randomUUID()];
    await one.arrive(id, fixture.actor, randomUUID());
    await one.depart(id, fixture.actor);
    await one.removeExpired();
    const [row] = await rows();
    expect(row?.is_open).toBe(false);
    expect(row?.left).toBeGreaterThan(13);
    expect(one.said).toEqual([news()]);
    expect(await seenAgo()).toBeNull();
  });

  it("is news once when that is over, however many nodes look, and was last seen when the socket closed", async () => {
    const nodes = [node(), node(), node()];
    const connections = nodes.map((one) => ({ one, id: randomUUID() }));
    for (const { one, id } of connections) await one.arrive(id, fixture.actor, randomUUID());
    for (const { one, id } of connections) await one.depart(id, fixture.actor);
    await fixture.stored
      .sql`update connections set seen_at = now() - interval '50 s' where user_id = ${fixture.actor.user_id}`;
    await expireAll();
    await Promise.all([...nodes, ...nodes].map((one) => one.removeExpired()));
    expect(nodes.flatMap(({ said }) => said)).toEqual([news(), news()]);
    expect(await rows()).toEqual([]);
    expect(Math.round((await seenAgo()) ?? 0)).toBe(50);
  });

  it("is no news while another socket is open, or has only just closed", async () => {
    const [one, id] = [node(), randomUUID()];
    await one.arrive(id, fixture.actor, randomUUID());
    await leaveBehind(1, -1);
    await one.removeExpired();
    expect(await rows()).toMatchObject([{ id }]);
    expect(one.said).toEqual([news()]);
    expect(await seenAgo()).toBeNull();
  });

  it("and comes at the same moment is online in the end, and nobody receives another event", async () => {
    for (let round = 0; round < 20; round += 1) {
      const [one, other, id] = [node({ offlineAfterSeconds: 0 }), node(), randomUUID()];
      await one.arrive(id, fixture.actor, randomUUID());
      await one.depart(id, fixture.actor);
      const back = randomUUID();
      await Promise.all([one.removeExpired(), other.arrive(back, fixture.actor, randomUUID())]);
      const left = await rows();
      expect(left.filter(({ is_open }) => is_open)).toMatchObject([{ id: back }]);
      // Either the end of the old socket was noticed before the new one, and both were published, or neither was.
      const published = [one.said.length - 1, other.said.length];
      expect(published[0]).toBe(published[1]);
      await other.leave();
      await expireAll();
      await other.removeExpired();
    }
  });

  it("with a node that stops is left the same time to come back", async () => {
    const one = node();
    await one.arrive(randomUUID(), fixture.actor, randomUUID());
    await one.leave();
    await node().removeExpired();
    const [row] = await rows();
    expect(row?.is_open).toBe(false);
    expect(row?.left).toBeGreaterThan(13);
  });

  it("with a node that was killed is noticed by any other", async () => {
    const [dead, alive] = [node(), node()];
    await dead.arrive(randomUUID(), fixture.actor, randomUUID());
    await alive.removeExpired();
    expect(alive.said).toEqual([]);
    await expireAll();
    await alive.removeExpired();
    expect(alive.said).toEqual([news()]);
    expect(await seenAgo()).not.toBeNull();
  });
});
