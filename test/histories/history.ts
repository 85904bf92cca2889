import { leaksIn } from "../client/canonical.js";
import { ModelClient } from "../client/client.js";
import { fetchState } from "../client/fetch.js";
import { invite, type Person } from "../harness/people.js";
import type { Stack } from "../harness/stack.js";
import { type Dice, diceOf } from "./dice.js";
import { nextMove } from "./moves.js";
import { type Move, World } from "./world.js";

/** The clients of one person. */
interface Clients {
  person: Person;
  /** Connected all the time. */
  stays: ModelClient;
  /** Connected now and then. */
  comes: ModelClient;
  /** Never connected. */
  asks: ModelClient;
}

const names = ["Olga", "Anton", "Mila", "Gustav", "Edda"];
const length = 50;

async function clientsOf(stack: Stack, person: Person): Promise<Clients> {
  const clients = {
    person,
    stays: new ModelClient(stack, person),
    comes: new ModelClient(stack, person),
    // Few at once, so that there is more to ask for.
    asks: new ModelClient(stack, person, { syncLimit: 3 }),
  };
  await Promise.all([clients.stays.connect(), clients.comes.connect(), clients.asks.load()]);
  return clients;
}

/** One to three moves at once, by different people: what is one's own has no number, so it is done one after another. */
function movesFor(world: World, most: number): Move[] {
  const moves = new Map<string, Move>();
  for (let count = 1 + world.dice.below(most); count > 0; count -= 1) {
    const move = nextMove(world);
    if (move !== undefined && !moves.has(move.by.id)) moves.set(move.by.id, move);
  }
  return [...moves.values()];
}

/** Who comes and goes while the moves are made. */
const comings = (dice: Dice, all: readonly Clients[]): (() => Promise<void>)[] =>
  all.flatMap(({ comes, asks }) => [
    ...(dice.chance(0.12) ? [() => (comes.isConnected ? comes.disconnect() : comes.connect())] : []),
    ...(dice.chance(0.05) ? [() => asks.sync()] : []),
  ]);

async function live(world: World, all: readonly Clients[]): Promise<void> {
  for (let made = 0; made < length; ) {
    const moves = movesFor(world, Math.min(3, length - made));
    made += moves.length;
    const repeated = moves.map((move) => (world.dice.chance(0.08) ? [move, move] : [move]));
    await Promise.all([
      ...repeated.map(async (tries) => {
        for (const move of tries) await world.make(move);
      }),
      ...comings(world.dice, all).map((come) => come()),
    ]);
  }
}

/** What a client has heard, on the socket that it has now, of the conversations that it holds wrongly. */
function heardOf(client: ModelClient, differing: readonly string[]): string[] {
  const ids = new Set(differing.flatMap((path) => /^conversations\.([^.:]+)/.exec(path)?.[1] ?? []));
  return [...ids].map((id) => `heard of ${id}: ${client.heardOf(id)}`);
}

/** What is wrong at the end; nothing, if all goes well. */
async function verdict(all: readonly Clients[]): Promise<string[]> {
  const found = await Promise.all(
    all.map(async ({ person, stays, comes, asks }) => {
      if (!comes.isConnected) await comes.connect();
      await asks.sync();
      const fresh = await fetchState(person);
      const of = (kind: string) => (what: string) => `${person.me.display_name}, ${kind}: ${what}`;
      const [stayed, came, asked] = await Promise.all([
        stays.catchUp(fresh),
        comes.catchUp(fresh),
        asks.catchUp(fresh, 0),
      ]);
      for (const client of [stays, comes, asks]) await client.check();
      const heardBy = (client: ModelClient, differing: readonly string[]): string[] => [
        ...differing,
        ...heardOf(client, differing),
      ];
      return [
        ...leaksIn(fresh).map(of("fresh")),
        ...heardBy(stays, stayed.differing).map(of("always connected")),
        ...heardBy(comes, came.differing).map(of("connected now and then")),
        ...asked.differing.map(of("never connected")),
      ];
    }),
  );
  return found.flat();
}

/** Lives through a history; answers a report on what is wrong, if anything is. */
export async function runHistory(
  stack: Stack,
  founder: Person,
  seed: number,
  index: number,
): Promise<string | undefined> {
  const dice = diceOf(seed, index);
  const number = 4 + dice.below(2);
  const people = await Promise.all(names.slice(0, number).map((name) => invite(stack, founder, name)));
  const world = new World(people, dice);
  const all = await Promise.all(people.map((person) => clientsOf(stack, person)));
  let wrong: string[];
  try {
    await live(world, all);
    wrong = await verdict(all);
  } catch (error) {
    wrong = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
  await Promise.all(all.flatMap(({ stays, comes }) => [stays, comes].map((client) => client.end())));
  if (wrong.length === 0) return undefined;
  const repeat = `VERO_SEED=${seed} VERO_HISTORY=${index}`;
  return world.readable([`${repeat}: ${wrong.length} differences`, ...wrong.slice(0, 30)]);
}
