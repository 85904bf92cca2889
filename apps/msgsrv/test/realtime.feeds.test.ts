import { describe, expect, it } from "vitest";
import { eventually } from "../../../test/harness/waiting.js";
import { created, hears, message, recipient, setUp, upTo } from "./feeds.setup.js";

describe("announcements", () => {
  it("that come out of order leave in order, without a look at the database", async () => {
    const { follow, announce, reads } = setUp();
    const one = recipient();
    follow(one);
    for (const seq of [2, 4, 3, 1, 6, 5]) announce(message(seq));
    await hears(one, created(1, 2, 3, 4, 5, 6));
    expect(reads).toEqual([]);
  });

  it("that come twice leave once", async () => {
    const { follow, announce } = setUp();
    const one = recipient();
    follow(one);
    for (const seq of [1, 1, 2, 1, 3, 3, 2, 4]) announce(message(seq));
    await hears(one, created(1, 2, 3, 4));
  });

  it("that leave a hole are not delivered before what is missing, which is read", async () => {
    const { follow, announce, write, reads } = setUp();
    const one = recipient();
    follow(one);
    write(...upTo(5).map((seq) => message(seq)));
    for (const seq of [1, 3, 5]) announce(message(seq));
    await hears(one, created(1, 2, 3, 4, 5));
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
    await hears(one, created(1, 2, 3));
  });

  it("of what the recipient may not see are left out, and counted", async () => {
    const { follow, announce } = setUp();
    const [newcomer, leaver, all] = [recipient(), recipient(), recipient()];
    follow(newcomer, 0, { visible_from_seq: 2 });
    follow(leaver, 0, { visible_to_seq: 2 });
    follow(all, 0);
    for (const seq of [1, 2, 3, 4]) announce(message(seq));
    await hears(all, created(1, 2, 3, 4));
    expect(newcomer.heard).toEqual(created(3, 4));
    expect(leaver.heard).toEqual(created(1, 2));
  });

  it("are not heard by those who follow no longer", async () => {
    const { follow, announce } = setUp();
    const [one, other] = [recipient(), recipient()];
    follow(one);
    const subscriber = follow(other);
    announce(message(1));
    await hears(one, created(1));
    subscriber.remove();
    announce(message(2));
    await hears(one, created(1, 2));
    expect(other.heard).toEqual(created(1));
  });
});

describe("a comparison", () => {
  it("finds what no announcement told of, in as many reads as it takes", async () => {
    const { follow, write, feeds } = setUp();
    const one = recipient();
    follow(one);
    write(...upTo(450).map((seq) => message(seq)));
    await feeds.compare();
    expect(one.heard).toEqual(created(...upTo(450)));
  });

  it("tells a message that changed from one that is new", async () => {
    const { follow, write, stored, feeds } = setUp();
    const one = recipient();
    write(message(1), message(2));
    follow(one);
    stored.splice(0, 1, message(1, 4));
    // Written and changed while nobody told of it: one event, of the latest state.
    write(message(3, 5));
    await feeds.compare();
    expect(one.heard).toEqual(["updated 4", "created 5"]);
  });

  it("steps over numbers of which nothing is left, so that later announcements pass at once", async () => {
    const { follow, write, announce, feeds, reads } = setUp();
    const one = recipient();
    follow(one);
    write(message(1, 3));
    await feeds.compare();
    announce(message(2, 4));
    await hears(one, ["created 3", "created 4"]);
    expect(reads).toEqual([0]);
  });

  it("that fails is made good by the next one", async () => {
    const { follow, write, setReachable, feeds } = setUp();
    const one = recipient();
    follow(one);
    write(message(1));
    setReachable(false);
    await feeds.compare();
    expect(one.heard).toEqual([]);
    setReachable(true);
    await feeds.compare();
    expect(one.heard).toEqual(created(1));
  });

  it("delivers once what is announced while it reads", async () => {
    const { follow, write, announce, hold, feeds } = setUp();
    const one = recipient();
    follow(one);
    write(message(1), message(2));
    const release = hold();
    const comparison = feeds.compare();
    for (const seq of [2, 1, 3]) announce(message(seq));
    await hears(one, created(1, 2, 3));
    release();
    await comparison;
    expect(one.heard).toEqual(created(1, 2, 3));
  });
});

describe("a recipient that comes late", () => {
  it("gets what lies between what it knows and where the feed is, then what follows, once and in order", async () => {
    const { follow, write, announce, hold } = setUp();
    const [early, late] = [recipient(), recipient()];
    follow(early, 0);
    write(...upTo(3).map((seq) => message(seq)));
    for (const seq of upTo(3)) announce(message(seq));
    await hears(early, created(1, 2, 3));
    const release = hold();
    follow(late, 1);
    write(message(4));
    announce(message(4));
    await hears(early, created(1, 2, 3, 4));
    expect(late.heard).toEqual([]);
    release();
    await hears(late, created(2, 3, 4));
    announce(message(5));
    await hears(late, created(2, 3, 4, 5));
    expect(early.heard).toEqual(created(1, 2, 3, 4, 5));
  });

  it("and knows more than the feed has told is not told again", async () => {
    const { follow, write, announce } = setUp();
    const [early, late] = [recipient(), recipient()];
    follow(early, 0);
    write(message(1), message(2));
    follow(late, 2);
    for (const seq of [1, 2, 3]) announce(message(seq));
    await hears(early, created(1, 2, 3));
    expect(late.heard).toEqual(created(3));
  });
});

describe("what is read", () => {
  it("calls a message new that nobody heard of, although later ones come before it", async () => {
    const { follow, write, feeds } = setUp();
    const one = recipient();
    write(...upTo(4).map((seq) => message(seq)));
    follow(one);
    write(message(5, 9), message(6), message(7), message(8));
    await feeds.compare();
    expect(one.heard).toEqual(["created 6", "created 7", "created 8", "created 9"]);
    write(message(5, 10));
    await feeds.compare();
    expect(one.heard.at(-1)).toBe("updated 10");
  });

  it("also to a recipient that comes late, and when it takes several reads", async () => {
    const { follow, write, feeds } = setUp();
    const [early, late] = [recipient(), recipient()];
    follow(early, 0);
    write(message(1, 301), ...upTo(299).map((n) => message(n + 1)));
    await feeds.compare();
    follow(late, 0);
    await eventually(() => expect(late.heard).toHaveLength(300));
    for (const { heard } of [early, late]) expect(heard.at(-1)).toBe("created 301");
  });

  it("tells once, as it is now, of what has changed again before it was told of", async () => {
    const { follow, write, announce, feeds } = setUp();
    const one = recipient();
    follow(one);
    write(message(1), message(2, 4));
    announce(message(2, 3));
    await Promise.resolve();
    await feeds.compare();
    expect(one.heard).toEqual(["created 1", "created 4"]);
  });
});

describe("who has left", () => {
  const gone = ["created 1", "conversation.removed undefined", "left"];

  it("hears nothing after it, also when it is read to somebody who is behind", async () => {
    const { follow, write, depart, feeds } = setUp();
    const [early, late] = [recipient("early"), recipient("late")];
    write(message(1), message(2, 3), message(3, 4));
    depart("late", 2);
    follow(early, 4);
    follow(late, 0);
    await hears(late, gone);
    await feeds.compare();
    expect(late.heard).toEqual(gone);
  });

  it("hears nothing after it, also when it is healed", async () => {
    const { follow, write, depart, feeds } = setUp();
    const [leaver, other] = [recipient("leaver"), recipient("other")];
    for (const one of [leaver, other]) follow(one, 0);
    write(message(1), message(2, 3));
    depart("leaver", 2);
    await feeds.compare();
    expect(leaver.heard).toEqual(gone);
    expect(other.heard).toEqual(["created 1", "participant.removed 2", "created 3"]);
  });

  it("and is back is not shown the time between through the window of before", async () => {
    const { follow, write, stays, feeds } = setUp();
    const one = recipient();
    follow(one, 0);
    write(message(1), message(2), message(3));
    stays.push({ user_id: "somebody", visible_from_seq: 2, joined_change_seq: 2 });
    await feeds.compare();
    expect(one.heard).toEqual(["left"]);
  });
});
