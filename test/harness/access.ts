import { randomUUID } from "node:crypto";
import { type Conversation, type Message, msgsrvContract, type Procedure, restOf } from "@vero/contracts";
import { expect, it } from "vitest";
import { expectProblem } from "./accounts.js";
import { addTo, deleteConversation, deleteMessage, removeFrom } from "./actions.js";
import type { CallOptions } from "./client.js";
import { groupOf, type Operation, type Person, say } from "./people.js";
import { type Workspace, withoutRequestId } from "./workspace.js";

/** Tests that people who take no part in a conversation learn nothing, not even that it exists. */
export function refusesNonParticipants(
  workspace: Workspace,
  conversation: () => Conversation,
  operation: (id: string) => Operation,
  options: CallOptions = {},
): void {
  it("conversation_not_found for outsiders and strangers, as for an id that does not exist", async () => {
    const unknown = await workspace.ada.call<object>(operation(randomUUID()), options);
    expectProblem(unknown, 404, "conversation_not_found");
    for (const person of [workspace.outsider, workspace.stranger]) {
      const answer = await person.call(operation(conversation().id), options);
      expect(withoutRequestId(answer)).toEqual(withoutRequestId(unknown));
    }
  });

  it("conversation_not_found for a former participant", async () => {
    const { ada, grace } = workspace;
    const { id } = await groupOf(ada, [grace]);
    await removeFrom(grace, id, grace.id);
    expectProblem(await grace.call<object>(operation(id), options), 404, "conversation_not_found");
  });
}

/** Tests that people who cannot see a message learn nothing, not even that it exists. */
export function refusesInvisibleMessages(
  workspace: Workspace,
  operation: (id: string) => Operation,
  options: CallOptions = {},
): void {
  it("message_not_found for who does not see it, whatever the reason, as for an id that does not exist", async () => {
    const { ada, grace, outsider, stranger } = workspace;
    const unknown = await ada.call<object>(operation(randomUUID()), options);
    expectProblem(unknown, 404, "message_not_found");
    const isRefused = async (person: Person, message: Message): Promise<void> => {
      const answer = await person.call(operation(message.id), options);
      expect(withoutRequestId(answer)).toEqual(withoutRequestId(unknown));
    };
    const { id } = await groupOf(ada, [grace]);
    const message = await say(ada, id, "not for everybody");
    for (const person of [outsider, stranger]) await isRefused(person, message);
    await removeFrom(grace, id, grace.id);
    await isRefused(grace, message);
    await addTo(ada, id, [grace.id, outsider.id], { history: "from_join" });
    for (const person of [grace, outsider]) await isRefused(person, message);
    const second = await say(ada, id, "deleted for oneself, with the conversation");
    await deleteConversation(grace, id);
    await isRefused(grace, second);
    await deleteMessage(outsider, second.id);
    if (!operation("").startsWith("DELETE")) await isRefused(outsider, second);
    await deleteConversation(ada, id, "for_everyone");
    for (const person of [ada, outsider]) await isRefused(person, second);
  });
}

interface Target {
  conversation: Pick<Conversation, "id">;
  message: Pick<Message, "id">;
  userId: string;
}

/** Calls every operation on a conversation or a message, with its own example as the input: all answer 404. */
export async function answersNotFound(person: Person, { conversation, message, userId }: Target): Promise<void> {
  const { conversations, participants, messages } = msgsrvContract;
  const given: [string, string][] = [
    [conversations.get.example.input.id, conversation.id],
    [messages.get.example.input.id, message.id],
    [participants.update.example.input.userId, userId],
  ];
  for (const [room, domain] of Object.entries({ conversations, participants, messages })) {
    for (const [name, procedure] of Object.entries(domain as Record<string, Procedure>)) {
      const code = (["message_not_found", "conversation_not_found"] as const).find((one) =>
        procedure.errors.includes(one),
      );
      const example = JSON.stringify(procedure.example.input);
      if (code === undefined || !given.some(([id]) => example.includes(id))) continue;
      const input = JSON.parse(given.reduce((text, [from, to]) => text.replaceAll(from, to), example));
      // The end of the example's mute has come by now.
      delete input.until;
      const { method, path, pathParameters, rest } = restOf(procedure);
      const target = path.replace(/:(\w+)/g, (_, field) => input[field]);
      for (const field of pathParameters) delete input[field];
      const query = rest === "query" ? `?${new URLSearchParams(input)}` : "";
      const options = rest === "query" ? {} : { body: input };
      const answer = await person.call<object>(`${method} ${target}${query}` as Operation, options);
      expect([`${room}.${name}`, answer.body]).toEqual([`${room}.${name}`, expect.objectContaining({ code })]);
      expectProblem(answer, 404, code);
    }
  }
}
