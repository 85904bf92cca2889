import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorkspace, invite, type Person } from "../harness/people.js";
import { type Stack, startStack } from "../harness/stack.js";
import { scaledMs, testMs } from "../harness/waiting.js";
import { blockMoves } from "../oracle/blocks.js";
import { compare, type Ends } from "../oracle/comparison.js";
import { conversationMoves } from "../oracle/conversations.js";
import { type Game, play } from "../oracle/game.js";
import { messageMoves } from "../oracle/messages.js";
import { Oracle } from "../oracle/oracle.js";
import { randomFrom, seedOfRun } from "../oracle/random.js";
import type { OMessage } from "../oracle/state.js";

const seed = seedOfRun();
const length =
  process.env["VERO_PROVE"] === "1" ? { operations: 10_000, compareEvery: 100 } : { operations: 400, compareEvery: 25 };

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

/** Six people of a workspace of their own: its owner, an admin and four members. */
async function newGame(): Promise<Game> {
  const boss = await createWorkspace(stack, "Boss");
  const people: Person[] = [boss, await invite(stack, boss, "Chief", "admin")];
  for (const name of ["Ada", "Grace", "Linus", "Barbara"]) people.push(await invite(stack, boss, name));
  const users = people.map(({ id, me }) => ({ id, name: me.display_name, isAdministrator: me.role !== "member" }));
  const personOf: Ends["personOf"] = ({ id }) => people.find((person) => person.id === id) as Person;
  return { oracle: new Oracle(users), personOf, versions: new Map(), random: randomFrom(seed) };
}

const kinds = [...messageMoves, ...conversationMoves, ...blockMoves];

describe(`random histories (VERO_SEED=${seed})`, () => {
  it(
    `show everybody what they should see, after each of ${length.operations} operations`,
    async () => {
      await play(await newGame(), kinds, seed, length);
    },
    testMs + scaledMs(length.operations * 60),
  );

  it("are seen to differ when they do", async () => {
    const game = await newGame();
    const { oracle } = game;
    const pickMessage = () =>
      oracle.users
        .flatMap((user) => oracle.conversations.flatMap((one) => oracle.visible(user, one)))
        .find(({ text }) => text !== null);
    let message: OMessage | undefined;
    // Now and then nothing is left of what so few have sent.
    for (; message === undefined; message = pickMessage())
      await play(game, kinds, seed, { operations: 60, compareEvery: 60 });
    expect(await compare(game)).toEqual([]);
    const plant = async (change: () => void, undo: () => void): Promise<string> => {
      change();
      const found = await compare(game);
      undo();
      return found.join("\n");
    };
    const { text, conversation } = message;
    expect(
      await plant(
        () => {
          message.text = "planted";
        },
        () => {
          message.text = text;
        },
      ),
    ).toContain("planted");
    const [membership] = conversation.memberships;
    if (membership === undefined) return expect.unreachable();
    expect(
      await plant(
        () => {
          conversation.memberships.shift();
        },
        () => {
          conversation.memberships.unshift(membership);
        },
      ),
    ).toContain("404");
    expect(
      await plant(
        () => {
          message.changes += 1;
        },
        () => {
          message.changes -= 1;
        },
      ),
    ).toContain("change_seq");
    await expect(
      play(
        game,
        kinds.map((kind) => ({
          ...kind,
          make: async (...given) => {
            const move = await kind.make(...given);
            return move && { ...move, expect: () => () => ["planted"] };
          },
        })),
        seed,
        { operations: 1, compareEvery: 1 },
      ),
    ).rejects.toThrow(`VERO_SEED=${seed}, operation 1`);
  });
});
