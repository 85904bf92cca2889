import { describe, expect, test, vi } from "vitest";
import { at, collect, created, eachTestAlone, next, service, until, use, vero } from "./realtime.setup.js";
import { ids } from "./service.js";

eachTestAlone();

describe("events", () => {
  test("reach listeners of their type and of *, until these unsubscribe", async () => {
    await vero.realtime.connect();
    const all = collect("*");
    const seen: string[] = [];
    const stop = vero.realtime.on("message.created", ({ data }) => seen.push(data.message.id));
    service.broadcast(created(1, 1));
    await until(() => expect(seen).toEqual(["m-1"]));
    stop();
    service.broadcast(created(2, 2));
    await until(() => expect(all).toHaveLength(2));
    expect(seen).toEqual(["m-1"]);
  });

  test("a listener that throws or rejects disturbs neither the others nor the connection", async () => {
    const onListenerError = vi.fn();
    use({ onListenerError });
    await vero.realtime.connect();
    vero.realtime.on("message.created", () => {
      throw new Error("sync");
    });
    vero.realtime.on("message.created", async () => {
      throw new Error("async");
    });
    const seen = collect("message.created");
    service.broadcast(created(1, 1));
    service.broadcast(created(2, 2));
    await until(() => expect(seen).toHaveLength(2));
    await until(() => expect(onListenerError).toHaveBeenCalledTimes(4));
    expect(vero.connection.state.status).toBe("live");
  });

  test("what is not newer is dropped, for each conversation apart", async () => {
    await vero.realtime.connect();
    const all = collect("*");
    const typing = { t: "event", type: "typing", conversation_id: ids.conversation, at, data: { user_id: ids.user } };
    const read = (s: number) => {
      const { change_seq: _, ...frame } = created(s, 5);
      return { ...frame, type: "conversation.read", data: { user_id: ids.user, last_read_seq: 5 } };
    };
    const joined = { ...created(4, 5), type: "participant.added", data: { participants: [] } };
    const frames = [
      created(1, 5),
      created(2, 5), // the same again
      created(3, 4), // late
      joined, // another part of change 5
      created(5, 1, "elsewhere", { conversation_id: ids.message }),
      typing,
      read(6),
      read(7),
      { ...created(8, 2), type: "conversation.created", data: { conversation: { id: ids.conversation } } },
      created(9, 3), // lower than 5, but the count has begun anew
    ];
    for (const frame of frames) service.broadcast(frame);
    await until(() => expect(all.at(-1)).toMatchObject({ s: 9 }));
    expect(all.map((event) => ("s" in event ? event.s : event.type))).toEqual([1, 4, 5, "typing", 6, 7, 8, 9]);
  });

  test("a gap in s asks for a resync and does not hold the event back", async () => {
    await vero.realtime.connect();
    const seen = collect("message.created");
    const resyncs = collect("resync");
    service.broadcast(created(1, 1));
    service.broadcast(created(3, 3));
    service.broadcast(created(4, 4));
    await until(() => expect(seen).toHaveLength(3));
    expect(resyncs).toEqual([{ reason: "gap" }]);
  });

  test("each connection counts from 1: a first event with a higher number is a gap", async () => {
    await vero.realtime.connect();
    service.broadcast(created(1, 1));
    await next("message.created");
    const reconnected = next("resync");
    service.drop(4000);
    await reconnected;
    const resync = next("resync");
    service.broadcast(created(2, 2));
    expect(await resync).toEqual({ reason: "gap" });
  });

  test("the server's own resync is passed on, and frames of unknown kinds are ignored", async () => {
    await vero.realtime.connect();
    const resync = next("resync");
    for (const socket of service.sockets) socket.send("no frame at all");
    service.broadcast({ t: "from_the_future" });
    service.broadcast({ t: "resync", reason: "bus_lost" });
    expect(await resync).toEqual({ reason: "bus_lost" });
  });
});
