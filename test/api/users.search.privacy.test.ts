import { restOf } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "../harness/client.js";
import { logIn } from "../harness/people.js";
import { procedureOf } from "../operations/contract.js";
import { inputOf } from "../operations/row.js";
import { casesOf } from "../operations/table.js";
import { byRest, type Door } from "../operations/transports.js";
import { createFixture, type Fixture, subjectOf } from "../roles/fixture.js";
import { receivedSoFar } from "../roles/received.js";
import { useRoleWorkspace } from "../roles/role-workspace.js";

const workspace = useRoleWorkspace({ sessions: 1 });

/** In the last digits of every number but the caller's, so that a part of one is found too. */
const digits = "7911123";
const phoneOf = (index: number): string => `+44${digits}${String(456 + index)}`;

/** Those who sign in are answered what is their own. */
const isOwn = (operation: string): boolean => /^auth\.(signup|login|refresh)$/.test(operation);

describe("phone and email of others", () => {
  let fixture: Fixture;
  let secrets: string[];
  let door: Door;
  let numberOfTarget: string;
  beforeAll(async () => {
    const caller = workspace.players.admin.person;
    const people = [...Object.values(workspace.players).map(({ person }) => person), workspace.target, workspace.peer];
    const others = people.filter(({ id }) => id !== caller.id);
    for (const [index, person] of others.entries()) {
      const { status } = await person.call("PATCH /auth/profile", { body: { phone: phoneOf(index) } });
      expect(status).toBe(200);
    }
    numberOfTarget = phoneOf(others.indexOf(workspace.target));
    secrets = [digits, ...others.map(({ email }) => email)];
    door = { url: workspace.stack.url, token: caller.token };
    fixture = await createFixture(workspace);
  });

  const isClean = (text: string): void => {
    for (const secret of secrets) expect(text).not.toContain(secret);
  };

  it.each(casesOf("roles").filter(({ operation }) => !isOwn(operation)))(
    "are in no answer of $operation: $name",
    async ({ operation, row, case: one }) => {
      // A change would be missing for the other cases, so it gets a fixture of its own.
      const about = procedureOf(operation).kind === "query" ? fixture : await createFixture(workspace);
      const player = workspace.players.admin;
      const staged = { ...about, player, workspace };
      const input = await inputOf(row, subjectOf(staged), staged, one);
      const { token } = row.endsSession ? await logIn(player.person) : player.person;
      const { body } = await byRest({ ...door, token }, operation, input);
      isClean(JSON.stringify(body));
    },
  );

  it("are not in what a search for a number answers, found or not, well or badly asked", async () => {
    const { method, path } = restOf(procedureOf("users.search"));
    const search = (query: string) =>
      call<{ items?: unknown[] }>(door.url, `${method as "GET"} ${path as "/"}?${query}`, { token: door.token });
    const number = encodeURIComponent(numberOfTarget);
    const found = await search(`q=${number}`);
    expect(found.body.items).toHaveLength(1);
    const answers = [
      found,
      await search(`q=${number}1`),
      await search(`q=${number}&limit=0`),
      await search(`q=${number}&cursor=${number}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 400]);
    for (const { body } of answers) isClean(JSON.stringify(body));
  });

  it("were in nothing that the caller has received meanwhile", async () => {
    const received = await receivedSoFar(workspace);
    expect(received.admin.flat().length).toBeGreaterThan(0);
    isClean(JSON.stringify(received.admin));
  });
});
