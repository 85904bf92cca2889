import { describe, expectTypeOf, test } from "vitest";
import type { CloseCodes } from "../src/generated/frames.js";
import type {
  AuthRefreshErrorCode,
  AuthSignupErrorCode,
  ClientErrorCode,
  Conversation,
  EventMap,
  Message,
  MessagesSendErrorCode,
  OperationError,
  OperationTypes,
  ProblemIssue,
  TypedError,
  User,
  Vero,
  VeroErrorCode,
} from "../src/index.js";
import { createVero, isErrorOf, isVeroError, type VeroError } from "../src/index.js";
import { type CodeOf, type Consequences, consequences } from "../src/realtime/close-codes.js";

declare const vero: Vero;
declare const id: string;

describe("inputs", () => {
  test("a wrong field does not compile", () => {
    // @ts-expect-error `txt` is no field
    void vero.messages.send({ conversation_id: id, txt: "Hello" });
    // @ts-expect-error `filter` has no such value
    void vero.conversations.list({ filter: "some" });
    // @ts-expect-error `limit` is a number
    void vero.users.list({ limit: "30" });
    // @ts-expect-error an operation without input takes no fields
    void vero.auth.me({ id });
  });

  test("a missing required field does not compile", () => {
    // @ts-expect-error conversation_id is missing
    void vero.messages.send({ text: "Hello" });
    // @ts-expect-error the input is missing
    void vero.conversations.get();
    // @ts-expect-error the field in the path is missing
    void vero.conversations.update({ name: "Compilers" });
    // @ts-expect-error one of two fields in the path is missing
    void vero.participants.remove({ id });
    // @ts-expect-error q is missing
    void vero.messages.search();
  });

  test("a message with neither text nor files does not compile, one with either or both does", () => {
    // @ts-expect-error neither text nor media_ids
    void vero.messages.send({ conversation_id: id });
    // @ts-expect-error neither text nor media_ids
    void vero.messages.send({ conversation_id: id, text: undefined });
    // @ts-expect-error neither text nor media_ids, on the socket too
    void vero.realtime.request("messages.send", { conversation_id: id, client_message_id: "c-1" });
    void vero.messages.send({ conversation_id: id, text: "Hello" });
    void vero.messages.send({ conversation_id: id, media_ids: [id] });
    void vero.messages.send({ conversation_id: id, text: "Hello", media_ids: [id] });
    const text = undefined as string | undefined;
    void vero.messages.send({ conversation_id: id, text, media_ids: [id] });
  });

  test("a signup into both a new workspace and one with an invite, or into none, does not compile", () => {
    const ada = { email: "ada@example.com", password: "a long passphrase", display_name: "Ada" };
    // @ts-expect-error neither tenant_name nor invite_token
    void vero.auth.signup(ada);
    // @ts-expect-error both
    void vero.auth.signup({ ...ada, tenant_name: "Engines", invite_token: "vin_example" });
    void vero.auth.signup({ ...ada, tenant_name: "Engines" });
    void vero.auth.signup({ ...ada, invite_token: "vin_example" });
  });

  test("a direct conversation with a name does not compile", () => {
    // @ts-expect-error only groups have a name
    void vero.conversations.create({ type: "direct", participant_ids: [id], name: "Compilers" });
    void vero.conversations.create({ type: "direct", participant_ids: [id] });
    void vero.conversations.create({ type: "group", participant_ids: [], name: "Compilers" });
  });

  test("fields with a default are optional, and so is an input of nothing else", () => {
    void vero.auth.logout();
    void vero.conversations.list();
    void vero.conversations.setTyping({ id });
    void vero.messages.list({ id, before_seq: undefined });
    void vero.users.listAgents({}, { retries: 0, signal: new AbortController().signal });
  });
});

describe("results", () => {
  test("are the entities", () => {
    expectTypeOf(vero.messages.send).returns.resolves.toEqualTypeOf<Message>();
    expectTypeOf(vero.conversations.get).returns.resolves.toEqualTypeOf<Conversation>();
    expectTypeOf(vero.users.block).returns.resolves.toEqualTypeOf<void>();
    expectTypeOf(vero.users.list).returns.resolves.toHaveProperty("items").toEqualTypeOf<User[]>();
    expectTypeOf<Message["text"]>().toEqualTypeOf<string | null>();
    expectTypeOf<Message["type"]>().toEqualTypeOf<"text" | "media" | "system">();
    // @ts-expect-error an operation that is not in the contract
    void vero.messages.shred;
  });

  test("pages are walked item by item", async () => {
    for await (const conversation of vero.paginate(vero.conversations.list)) {
      expectTypeOf(conversation).toEqualTypeOf<Conversation>();
    }
    for await (const hit of vero.paginate(vero.messages.search, { q: "hello" })) {
      expectTypeOf(hit.message).toEqualTypeOf<Message>();
    }
    for await (const message of vero.paginate(vero.messages.list, { id, after_seq: 3, limit: 5 })) {
      expectTypeOf(message).toEqualTypeOf<Message>();
    }
    // @ts-expect-error id is missing
    vero.paginate(vero.messages.list);
    // @ts-expect-error a walk goes in one direction
    vero.paginate(vero.messages.list, { id, around_seq: 3 });
    // @ts-expect-error a walk goes in one direction
    vero.paginate(vero.messages.list, { id, after_seq: 3, before_seq: 5 });
    // @ts-expect-error q is missing
    vero.paginate(vero.messages.search);
    // @ts-expect-error not a list with a cursor
    vero.paginate(vero.messages.get, { id });
  });
});

describe("events", () => {
  test("carry their data", () => {
    vero.realtime.on("message.created", (event) => {
      expectTypeOf(event).toEqualTypeOf<EventMap["message.created"]>();
      expectTypeOf(event.data.message.seq).toEqualTypeOf<number>();
      expectTypeOf(event.s).toEqualTypeOf<number>();
      // The documents describe one and the same entity.
      expectTypeOf(event.data.message).toEqualTypeOf<Message>();
    });
    vero.realtime.on("*", (event) => {
      if (event.type === "typing") expectTypeOf(event.data.is_typing).toEqualTypeOf<boolean>();
    });
    vero.realtime.on("disconnected", ({ will_reconnect }) => expectTypeOf(will_reconnect).toEqualTypeOf<boolean>());
    expectTypeOf(vero.realtime.on("resync", () => {})).toEqualTypeOf<() => void>();
  });

  test("a wrong name or a wrong field does not compile", () => {
    // @ts-expect-error there is no such event
    vero.realtime.on("message.shredded", () => {});
    // @ts-expect-error an ephemeral event is not counted
    vero.realtime.on("typing", (event) => event.s);
  });
});

describe("the socket", () => {
  test("is closed without a reason, and its state has one name", () => {
    expectTypeOf(vero.realtime.close).parameters.toEqualTypeOf<[]>();
    // @ts-expect-error it is `vero.connection`
    void vero.realtime.connection;
  });
});

describe("requests on the socket", () => {
  test("are typed by the operation", () => {
    expectTypeOf(vero.realtime.request("messages.get", { id })).resolves.toEqualTypeOf<Message>();
    void vero.realtime.request("conversations.list");
    // @ts-expect-error conversation_id is missing
    void vero.realtime.request("messages.send", { text: "Hello" });
    // @ts-expect-error the input is missing
    void vero.realtime.request("messages.get");
    // @ts-expect-error accounts are not reached over the socket
    void vero.realtime.request("auth.me");
  });
});

describe("close codes", () => {
  test("one of the documents that the client does not judge, or judges otherwise, does not compile", () => {
    type With<C> = Consequences<Omit<CloseCodes, keyof C> & C>;
    const judged = consequences satisfies With<Record<never, never>>;
    // @ts-expect-error a code that is new in the documents
    judged satisfies With<{ 4010: { reason: "maintenance"; reconnect: true } }>;
    // @ts-expect-error the client gives up, and the documents say that it connects again
    judged satisfies With<{ 4505: { reason: "auth_timeout"; reconnect: true } }>;
    // @ts-expect-error the client connects again, and the documents say that it does not
    judged satisfies With<{ 4009: { reason: "bad_frame"; reconnect: false } }>;
    // @ts-expect-error a code that the documents do not have
    ({ ...judged, 4006: "retry" }) satisfies Consequences<CloseCodes>;
    expectTypeOf<CodeOf<"drain">>().toEqualTypeOf<4000>();
    // @ts-expect-error there is no such reason
    expectTypeOf<CodeOf<"drian">>();
  });
});

describe("errors and options", () => {
  test("codes are a closed list, and a check narrows", () => {
    const error: unknown = undefined;
    if (isVeroError(error)) expectTypeOf(error.code).toEqualTypeOf<VeroErrorCode>();
    if (isVeroError(error, "forbidden")) expectTypeOf(error.code).toEqualTypeOf<"forbidden">();
    expectTypeOf<"rate_limited" | "network_error">().toExtend<VeroErrorCode>();
    expectTypeOf<"conversation_not_found" | "idempotency_conflict">().toExtend<MessagesSendErrorCode>();
    expectTypeOf<MessagesSendErrorCode>().toExtend<VeroErrorCode>();
    expectTypeOf<"email_taken">().not.toExtend<MessagesSendErrorCode>();
    expectTypeOf<OperationTypes["messages.send"]["errorCode"]>().toEqualTypeOf<MessagesSendErrorCode>();
    // @ts-expect-error there is no such code
    isVeroError(error, "forbiden");
  });

  test("the errors of an operation are a union by code, of its own codes", () => {
    const error: unknown = undefined;
    if (!isErrorOf(error, "messages.send")) return;
    expectTypeOf(error).toEqualTypeOf<OperationError<"messages.send">>();
    switch (error.code) {
      case "validation_failed":
        expectTypeOf(error.errors).toEqualTypeOf<ProblemIssue[]>();
        break;
      case "rate_limited":
        expectTypeOf(error.retryAfter).toEqualTypeOf<number | undefined>();
        expectTypeOf(error.errors).toEqualTypeOf<ProblemIssue[] | undefined>();
        break;
      case "idempotency_conflict":
      case "user_changed":
      case "token_reused":
        expectTypeOf(error).toExtend<VeroError>();
        break;
      // @ts-expect-error no code of this operation
      case "email_taken":
        break;
    }
    expectTypeOf<OperationError<"auth.signup">["code"]>().toEqualTypeOf<
      AuthSignupErrorCode | AuthRefreshErrorCode | ClientErrorCode
    >();
    expectTypeOf<TypedError<"forbidden">["code"]>().toEqualTypeOf<"forbidden">();
    // @ts-expect-error there is no such operation
    isErrorOf(error, "messages.shred");
  });

  test("a switch over all codes of an operation is complete", () => {
    const answer = (error: TypedError<"validation_failed" | "forbidden">): string => {
      switch (error.code) {
        case "validation_failed":
          return error.errors.map(({ path }) => path).join();
        case "forbidden":
          return error.detail;
      }
    };
    expectTypeOf(answer).returns.toBeString();
  });

  test("the standard fetch and the sockets of browsers and of ws fit", async () => {
    const { WebSocket } = await import("ws");
    createVero({ baseUrl: "https://chat.example.com", fetch, WebSocket });
    // @ts-expect-error baseUrl is missing
    createVero({});
  });
});
