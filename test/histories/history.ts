import { leaksIn } from "../client/canonical.js";
import { ModelClient } from "../client/client.js";
import { fetchState } from "../client/fetch.js";
import type { State } from "../client/state.js";
import { createWorkspace, invite, type Person } from "../harness/people.js";
import type { Stack } from "../harness/stack.js";
import { type Dice, diceOf } from "./dice.js";
import { nextMove } from "./moves.js";
import { type Move, World } from "./world.js";

/** Connected all the time; now and then; never. */
type Kind = "stays" | "comes" | "asks";
const shown: Record<Kind, string> = {
  stays: "always connected",
  comes: "connected now and then",
  asks: "never connected",
};

interface Session {
  person: Person;
  kind: Kind;
  client: ModelClient;
}

const names = ["Olga", "Anton", "Mila", "Gustav", "Edda"];
const length = 50;

async function begin(stack: Stack, person: Person, kind: Kind): Promise<Session> {
  // Few at once, so that there is more to ask for.
  const client = new ModelClient(stack, person, kind === "asks" ? { syncLimit: 3 } : {});
  await (kind === "asks" ? client.load() : client.connect());
  return { person, kind, client };
}

/**
 * One to three moves at once, by different people: what is one's own has no number, so it is done one after another.
 */
function movesFor(world: World, most: number): Move[] {
  const moves = new Map<string, Move>();
  for (let count = 1 + world.dice.below(most); count > 0; count -= 1) {
    const move = nextMove(world);
    if (move !== undefined && !moves.has(move.by.id)) moves.set(move.by.id, move);
  }
  return [...moves.values()];
}

/** Makes the sessions that connect and disconnect while the moves are made. */
const comings = (dice: Dice, sessions: readonly Session[]): (() => Promise<void>)[] =>
  sessions.flatMap(({ kind, client }) => {
    if (kind === "comes" && dice.chance(0.12)) {
      return [() => (client.isConnected ? client.disconnect() : client.connect())];
    }
    return kind === "asks" && dice.chance(0.05) ? [() => client.sync()] : [];
  });

async function live(world: World, sessions: readonly Session[]): Promise<void> {
  for (let made = 0; made < length; ) {
    const moves = movesFor(world, Math.min(3, length - made));
    made += moves.length;
    const repeated = moves.map((move) => (world.dice.chance(0.08) ? [move, move] : [move]));
    await Promise.all([
      ...repeated.map(async (tries) => {
        for (const move of tries) await world.make(move);
      }),
      ...comings(world.dice, sessions).map((come) => come()),
    ]);
  }
}

/**
 * Lists the frames that a client has received on its present socket of the conversations in which its state is wrong.
 */
function receivedIn(client: ModelClient, differing: readonly string[]): string[] {
  const ids = new Set(differing.flatMap((path) => /^conversations\.([^.:]+)/.exec(path)?.[1] ?? []));
  return [...ids].map((id) => `received of ${id}: ${client.receivedOf(id)}`);
}

async function wrongWith({ kind, client }: Session, fresh: State): Promise<string[]> {
  // A client that has just synchronised has nothing to wait for.
  const { differing } = await client.catchUp(fresh, kind === "asks" ? 0 : undefined);
  await client.check();
  return [...differing, ...receivedIn(client, differing)];
}

/** Lists what is wrong at the end; empty where everything is right. */
async function verdict(people: readonly Person[], sessions: readonly Session[]): Promise<string[]> {
  for (const { kind, client } of sessions) {
    if (kind === "asks") await client.sync();
    else if (!client.isConnected) await client.connect();
  }
  const found = await Promise.all(
    people.map(async (person) => {
      const fresh = await fetchState(person);
      const of = (what: string) => (wrong: string) => `${person.me.display_name}, ${what}: ${wrong}`;
      const own = sessions.filter((session) => session.person === person);
      const wrong = await Promise.all(
        own.map(async (session) => (await wrongWith(session, fresh)).map(of(shown[session.kind]))),
      );
      return [...leaksIn(fresh).map(of("fresh")), ...wrong.flat()];
    }),
  );
  return found.flat();
}

export interface Chances {
  seed: number;
  index: number;
  /** Every kind of client for everybody, rather than for some. */
  isThorough: boolean;
}

/** Lives through a history; answers a report on what is wrong, if anything is. */
export async function runHistory(stack: Stack, { seed, index, isThorough }: Chances): Promise<string | undefined> {
  const dice = diceOf(seed, index);
  const number = 4 + dice.below(2);
  // Not one for all: a thousand histories last longer than an access token.
  const founder = await createWorkspace(stack);
  const people = await Promise.all(names.slice(0, number).map((name) => invite(stack, founder, name)));
  const world = new World(people, dice, founder);
  const kindsFor = (at: number): Kind[] => {
    if (isThorough) return ["stays", "comes", "asks"];
    return at % 2 === index % 2 ? ["stays"] : ["comes", "asks"];
  };
  const sessions = await Promise.all(
    people.flatMap((person, at) => kindsFor(at).map((kind) => begin(stack, person, kind))),
  );
  let wrong: string[];
  try {
    await live(world, sessions);
    wrong = await verdict(people, sessions);
  } catch (error) {
    wrong = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
  await Promise.all(sessions.map(({ client }) => client.end()));
  if (wrong.length === 0) return undefined;
  const repeat = `${isThorough ? "VERO_PROVE=1 " : ""}VERO_SEED=${seed} VERO_HISTORY=${index}`;
  return world.readable([`${repeat}: ${wrong.length} differences`, ...wrong.slice(0, 30)]);
}
