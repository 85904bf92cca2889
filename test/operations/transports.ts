import { restOf } from "@vero/contracts";
import { call } from "../harness/client.js";
import type { Operation } from "../harness/people.js";
import type { TestSocket } from "../harness/socket.js";
import { type OperationName, procedureOf } from "./contract.js";

export type Input = Record<string, unknown>;

/** An answer, the same by each transport: the bare output, or the problem. */
export interface Reply {
  status: number;
  body: Record<string, unknown>;
}

export interface Door {
  url: string;
  token: string | undefined;
}

export async function byRest({ url, token }: Door, operation: OperationName, input: Input): Promise<Reply> {
  const { method, path, pathParameters, rest } = restOf(procedureOf(operation));
  const target = path.replace(/:(\w+)/g, (_, name) => String(input[name]));
  const fields = Object.entries(input).filter(([name]) => !pathParameters.includes(name));
  const query = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)]));
  const answer =
    rest === "body"
      ? await call<Input>(url, `${method} ${target}` as Operation, { token, body: Object.fromEntries(fields) })
      : await call<Input>(url, `${method} ${target}?${query}` as Operation, { token });
  return { status: answer.status, body: answer.body ?? {} };
}

interface Envelope {
  result?: { data?: Input };
  error?: { data: { problem: Input } };
}

/** A success has the status that REST answers it with: the envelope is always answered 200. */
const succeeded = (operation: OperationName, body: Input | undefined): Reply => ({
  status: procedureOf(operation).status ?? 200,
  body: body ?? {},
});

export async function byTrpc({ url, token }: Door, operation: OperationName, input: Input): Promise<Reply> {
  const isQuery = procedureOf(operation).kind === "query";
  const { status, body } = isQuery
    ? await call<Envelope>(url, `GET /trpc/${operation}?input=${encodeURIComponent(JSON.stringify(input))}`, { token })
    : await call<Envelope>(url, `POST /trpc/${operation}`, { token, body: input });
  if (body.error !== undefined) return { status, body: body.error.data.problem };
  if (status !== 200) throw new Error(`${operation} was answered ${status} without a problem`);
  return succeeded(operation, body.result?.data);
}

export async function bySocket(socket: TestSocket, operation: OperationName, input: Input): Promise<Reply> {
  const answer = await socket.request(operation, input);
  if (answer["ok"] === true) return succeeded(operation, answer["d"] as Input | undefined);
  const problem = answer["error"] as Input;
  return { status: Number(problem["status"]), body: problem };
}
