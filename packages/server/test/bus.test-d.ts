import type { EventData } from "@vero/contracts";
import { describe, expectTypeOf, it } from "vitest";
import { publish } from "../src/bus/publish.js";
import { type Bus, type ConversationBusEvent, channelOf, type UserBusEvent } from "../src/index.js";

type DataOf<E, T> = Extract<E, { type: T }> extends { data: infer D } ? D : never;
declare const bus: Bus;
const envelope = { tenant_id: "t", conversation_id: "c", at: "2026-03-01T12:00:00.000Z" };

describe("an event on the bus", () => {
  it("carries the data that the contract gives its type", () => {
    expectTypeOf<DataOf<ConversationBusEvent, "participant.added">>().toEqualTypeOf<EventData<"participant.added">>();
    expectTypeOf<DataOf<ConversationBusEvent, "reaction.updated">>().toEqualTypeOf<EventData<"reaction.updated">>();
    expectTypeOf<DataOf<UserBusEvent, "block.created">>().toEqualTypeOf<EventData<"block.created">>();
    expectTypeOf<DataOf<ConversationBusEvent, "message.created">>().toExtend<EventData<"message.created">>();
    expectTypeOf<EventData<"message.created">>().toExtend<DataOf<ConversationBusEvent, "message.created">>();
    expectTypeOf<DataOf<UserBusEvent, "media.ready">>().toExtend<EventData<"media.ready">>();
  });

  it("does not go with another type's data, without its redactions, or on a channel of another kind", () => {
    const left = { user_id: "u", reason: "left" } as const;
    const removed = { type: "participant.removed", ...envelope, change_seq: 1, data: left } as const;
    publish(bus, channelOf.conversation("c"), removed);
    // @ts-expect-error: a message is missing
    publish(bus, channelOf.conversation("c"), { ...removed, type: "message.created" });
    // @ts-expect-error: who is not to be shown it is missing
    publish(bus, channelOf.conversation("c"), { type: "typing", ...envelope, data: { ...left, is_typing: true } });
    // @ts-expect-error: it is for everybody in the conversation
    publish(bus, channelOf.user("u"), removed);
    // @ts-expect-error: a channel has a kind
    publish(bus, "c", removed);
  });
});
