import { describe, expectTypeOf, it } from "vitest";
import { lockConversation, openCounters } from "../src/conversation-log/conversation-log.sql.js";
import {
  bumpStateSeqs,
  type ConversationTx,
  type CounterTx,
  type Executor,
  lockPair,
  lockUsers,
  type MembershipTx,
  setArchived,
  setRole,
  takeChangeSeq,
} from "../src/index.js";

declare const plain: Executor;
declare const conversation: ConversationTx;
declare const membership: MembershipTx;
declare const counters: CounterTx;
const key = { tenant_id: "t", conversation_id: "c", user_id: "u" };

describe("a transaction", () => {
  it("goes from the conversation's lock to memberships to counters", () => {
    expectTypeOf(lockConversation).toBeCallableWith(plain, key);
    expectTypeOf(takeChangeSeq).toBeCallableWith(conversation, key);
    expectTypeOf(setRole).toBeCallableWith(conversation, key, "admin", 1);
    expectTypeOf(setArchived).toBeCallableWith(conversation, key);
    expectTypeOf(setArchived).toBeCallableWith(membership, key);
    expectTypeOf(openCounters).toBeCallableWith(conversation);
    expectTypeOf(bumpStateSeqs).toBeCallableWith(counters, key, ["u"], { isListed: true });
  });

  it("locks a pair and users before it locks their conversation", () => {
    const pair = { tenant_id: "t", blocker_id: "u", blocked_id: "v" };
    expectTypeOf(lockPair).toBeCallableWith(plain, pair);
    expectTypeOf(lockUsers).toBeCallableWith(plain, "t", ["u"], "share");
    // @ts-expect-error: a pair is locked before conversations
    void lockPair(conversation, pair);
    // @ts-expect-error: users are locked before conversations
    void lockUsers(conversation, "t", ["u"], "share");
    // @ts-expect-error: users are locked before memberships
    void lockUsers(membership, "t", ["u"], "share");
  });

  it("does not go back, and begins with the unit of work", () => {
    // @ts-expect-error: counters are taken after the conversation's lock
    void lockConversation(counters, key);
    // @ts-expect-error: counters are taken after memberships
    void setArchived(counters, key);
    // @ts-expect-error: a membership is locked after its conversation
    void lockConversation(membership, key);
    // @ts-expect-error: nobody holds the conversation's lock
    void takeChangeSeq(plain, key);
    // @ts-expect-error: the user's own row is not enough to change a role
    void setRole(membership, key, "admin", 1);
    // @ts-expect-error: memberships may still be locked
    void bumpStateSeqs(conversation, key, ["u"], { isListed: true });
  });
});
