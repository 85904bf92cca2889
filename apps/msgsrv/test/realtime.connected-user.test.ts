import { randomUUID } from "node:crypto";
import { channelOf, createLogger, createMemoryBus } from "@vero/server";
import { publish } from "@vero/server/publish";
import { describe } from "vitest";
import {
  ConnectedUser,
  type ConnectedUserMode,
  connectedUserTransitions,
} from "../src/realtime/realtime.connected-user.js";
import { createReconciler } from "../src/realtime/realtime.reconciler.js";
import { type Driven, theModeOf, walkTransitions } from "./modes.setup.js";

const log = createLogger({ level: "silent", name: "test" });
const key = { tenant_id: randomUUID(), user_id: randomUUID() };

/** A connected user whose conversations have been read when the test says so. */
function begin(): Driven<ConnectedUserMode, "settle" | "leave"> {
  const bus = createMemoryBus(log);
  let isSubscribed = false;
  let isCompared = false;
  const onUserEvent = () => {
    isSubscribed = true;
  };
  const user = new ConnectedUser(key, { bus, onUserEvent, onError: () => {} });
  let endRead = (): void => {};
  user.settleAfter(
    new Promise<void>((resolve) => {
      endRead = resolve;
    }),
  );
  const nothing = { compare: async () => {} };
  const reconciler = createReconciler({
    users: new Map([[user.user_id, user]]),
    feeds: nothing,
    tenants: nothing,
    userState: nothing,
    memberships: {
      async compare(users) {
        isCompared = users.includes(user);
      },
    },
  });
  return {
    async trigger(event) {
      if (event === "leave") return void user.leave();
      endRead();
      await user.settled;
    },
    async observe() {
      publish(bus, channelOf.user(key.user_id), {
        type: "block.removed",
        tenant_id: key.tenant_id,
        at: "2026-03-01T12:00:00.000Z",
        data: { user_id: randomUUID() },
      });
      await reconciler.compare();
      return theModeOf<ConnectedUserMode>(
        { isSubscribed, isCompared },
        {
          joining: { isSubscribed: true, isCompared: false },
          settled: { isSubscribed: true, isCompared: true },
          gone: { isSubscribed: false, isCompared: false },
        },
      );
    },
  };
}

describe("the modes of a connected user", () => {
  walkTransitions(
    "a connected user",
    connectedUserTransitions,
    { joining: [], settled: ["settle"], gone: ["leave"] },
    begin,
  );
});
