import { AppError, type msgsrvContract } from "@vero/contracts";

type Contract = typeof msgsrvContract;

/** Operations that are in the contract and have no handler yet. They answer 501 `not_implemented`. */
export const pending = {
  conversations: [],
  participants: [],
  messages: [],
  users: [],
  media: [],
} as const satisfies { [R in keyof Contract]: readonly (keyof Contract[R])[] };

type PendingHandlers<R extends keyof Contract> = Record<(typeof pending)[R][number] & string, () => Promise<never>>;

/** The handlers of a room's pending operations. */
export const pendingIn = <R extends keyof Contract>(room: R): PendingHandlers<R> =>
  Object.fromEntries(
    pending[room].map((name) => [
      name,
      async () => {
        throw new AppError("not_implemented");
      },
    ]),
  ) as PendingHandlers<R>;
