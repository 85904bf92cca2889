import { describe, expect, it } from "vitest";
import { eventually } from "../../../test/harness/waiting.js";
import { created, message, receives, recipient, setUp, upTo } from "./feeds.setup.js";

describe("events of the bus", () => {
  it("that come out of order are delivered in order, without a read of the database", async () => {
    const { follow, announce, reads } = setUp();
    const one = recipient();
    follow(one);
    for (const seq of [2, 4, 3, 1, 6, 5]) announce(message(seq));
    await receives(one, created(1, 2, 3, 4, 5, 6));
    expect(reads).toEqual([]);
  });

  it("that come twice are delivered once", async () => {
    const { follow, announce } = setUp();
    const one = recipient();
    follow(one);
    for (const seq of [1, 1, 2, 1, 3, 3, 2, 4]) announce(message(seq));
    await receives(one, created(1, 2, 3, 4));
  });

  it("after a gap are not delivered before the missing changes, which are read", async () => {
    const { follow, announce, write, reads } = setUp();
    const one = recipient();
    follow(one);
    write(...upTo(5).map((seq) => message(seq)));
    for (const seq of [1, 3, 5]) announce(message(seq));
    await receives(one, created(1, 2, 3, 4, 5));
    expect(reads).toEqual([1]);
  });

  it("without data are read, each of them, also while another is being read", async () => {
    const { follow, announce, write, hold } = setUp();
    const one = recipient();
    follow(one);
    const release = hold();
    write(message(1));
    announce(message(1), { whole: false });
    await Promise.resolve();
    write(message(2), message(3));
    announce(message(2), { whole: false });
    announce(message(3), { whole: false });
    await Promise.resolve();
    release();
    await receives(one, created(1, 2, 3));
  });

  it("that the recipient may not see are not delivered, and counted", async () => {
    const { follow, announce } = setUp();
    const [newcomer, leaver, all] = [recipient(), recipient(), recipient()];
    follow(newcomer, 0, { visible_from_seq: 2 });
    follow(leaver, 0, { visible_to_seq: 2 });
    follow(all, 0);
    for (const seq of [1, 2, 3, 4]) announce(message(seq));
    await receives(all, created(1, 2, 3, 4));
    expect(newcomer.received).toEqual(created(3, 4));
    expect(leaver.received).toEqual(created(1, 2));
  });

  it("are not received by recipients that have unsubscribed", async () => {
    const { follow, announce } = setUp();
    const [one, other] = [recipient(), recipient()];
    follow(one);
    const subscriber = follow(other);
    announce(message(1));
    await receives(one, created(1));
    subscriber.remove();
    announce(message(2));
    await receives(one, created(1, 2));
    expect(other.received).toEqual(created(1));
  });
});

describe("a comparison", () => {
  it("finds changes without an event, in as many reads as it takes", async () => {
    const { follow, write, feeds } = setUp();
    const one = recipient();
    follow(one);
    write(...upTo(450).map((seq) => message(seq)));
    await feeds.compare();
    expect(one.received).toEqual(created(...upTo(450)));
  });

  it("distinguishes a message that changed from one that is new", async () => {
    const { follow, write, stored, feeds } = setUp();
    const one = recipient();
    write(message(1), message(2));
    follow(one);
    stored.splice(0, 1, message(1, 4));
    // Written and changed while nobody told of it: one event, of the latest state.
    write(message(3, 5));
    await feeds.compare();
    expect(one.received).toEqual(["updated 4", "created 5"]);
  });

  it("steps over numbers of which nothing is left, so that later events are delivered at once", async () => {
    const { follow, write, announce, feeds, reads } = setUp();
    const one = recipient();
    follow(one);
    write(message(1, 3));
    await feeds.compare();
    announce(message(2, 4));
    await receives(one, ["created 3", "created 4"]);
    expect(reads).toEqual([0]);
  });

  it("that fails is repeated by the next one", async () => {
    const { follow, write, setReachable, feeds } = setUp();
    const one = recipient();
    follow(one);
    write(message(1));
    setReachable(false);
    await feeds.compare();
    expect(one.received).toEqual([]);
    setReachable(true);
    await feeds.compare();
    expect(one.received).toEqual(created(1));
  });

  it("delivers a change once whose event comes while it reads", async () => {
    const { follow, write, announce, hold, feeds } = setUp();
    const one = recipient();
    follow(one);
    write(message(1), message(2));
    const release = hold();
    const comparison = feeds.compare();
    for (const seq of [2, 1, 3]) announce(message(seq));
    await receives(one, created(1, 2, 3));
    release();
    await comparison;
    expect(one.received).toEqual(created(1, 2, 3));
  });
});

describe("a recipient that comes late", () => {
  it("receives the changes between its position and that of the feed, then those that follow, once and in order", async () => {
    const { follow, write, announce, hold } = setUp();
    const [early, late] = [recipient(), recipient()];
    follow(early, 0);
    write(...upTo(3).map((seq) => message(seq)));
    for (const seq of upTo(3)) announce(message(seq));
    await receives(early, created(1, 2, 3));
    const release = hold();
    follow(late, 1);
    write(message(4));
    announce(message(4));
    await receives(early, created(1, 2, 3, 4));
    expect(late.received).toEqual([]);
    release();
    await receives(late, created(2, 3, 4));
    announce(message(5));
    await receives(late, created(2, 3, 4, 5));
    expect(early.received).toEqual(created(1, 2, 3, 4, 5));
  });

  it("with a position past that of the feed receives nothing twice", async () => {
    const { follow, write, announce } = setUp();
    const [early, late] = [recipient(), recipient()];
    follow(early, 0);
    write(message(1), message(2));
    follow(late, 2);
    for (const seq of [1, 2, 3]) announce(message(seq));
    await receives(early, created(1, 2, 3));
    expect(late.received).toEqual(created(3));
  });
});

describe("changes that are read", () => {
  it("are new messages where no event of them came, although later ones come before them", async () => {
    const { follow, write, feeds } = setUp();
    const one = recipient();
    write(...upTo(4).map((seq) => message(seq)));
    follow(one);
    write(message(5, 9), message(6), message(7), message(8));
    await feeds.compare();
    expect(one.received).toEqual(["created 6", "created 7", "created 8", "created 9"]);
    write(message(5, 10));
    await feeds.compare();
    expect(one.received.at(-1)).toBe("updated 10");
  });

  it("are new also for a recipient that comes late, and when it takes several reads", async () => {
    const { follow, write, feeds } = setUp();
    const [early, late] = [recipient(), recipient()];
    follow(early, 0);
    write(message(1, 301), ...upTo(299).map((n) => message(n + 1)));
    await feeds.compare();
    follow(late, 0);
    await eventually(() => expect(late.received).toHaveLength(300));
    for (const { received } of [early, late]) expect(received.at(-1)).toBe("created 301");
  });

  it("are delivered once, in the latest state, where a message has changed again before its delivery", async () => {
    const { follow, write, announce, feeds } = setUp();
    const one = recipient();
    follow(one);
    write(message(1), message(2, 4));
    announce(message(2, 3));
    await Promise.resolve();
    await feeds.compare();
    expect(one.received).toEqual(["created 1", "created 4"]);
  });
});

describe("a recipient that has left", () => {
  const gone = ["created 1", "conversation.removed undefined", "left"];

  it("receives nothing after it, also when it is read to somebody who is behind", async () => {
    const { follow, write, depart, feeds } = setUp();
    const [early, late] = [recipient("early"), recipient("late")];
    write(message(1), message(2, 3), message(3, 4));
    depart("late", 2);
    follow(early, 4);
    follow(late, 0);
    await receives(late, gone);
    await feeds.compare();
    expect(late.received).toEqual(gone);
  });

  it("receives nothing after it, also when a comparison finds it", async () => {
    const { follow, write, depart, feeds } = setUp();
    const [leaver, other] = [recipient("leaver"), recipient("other")];
    for (const one of [leaver, other]) follow(one, 0);
    write(message(1), message(2, 3));
    depart("leaver", 2);
    await feeds.compare();
    expect(leaver.received).toEqual(gone);
    expect(other.received).toEqual(["created 1", "participant.removed 2", "created 3"]);
  });

  it("and is back is not shown the time between through the window of before", async () => {
    const { follow, write, stays, feeds } = setUp();
    const one = recipient();
    follow(one, 0);
    write(message(1), message(2), message(3));
    stays.push({ user_id: "somebody", visible_from_seq: 2, joined_change_seq: 2 });
    await feeds.compare();
    expect(one.received).toEqual(["left"]);
  });
});
