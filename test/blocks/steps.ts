import { react } from "../harness/actions.js";
import { groupOf, logIn, type Person, say } from "../harness/people.js";
import type { Made, Subject } from "../operations/row.js";
import { expectOk, upload } from "../roles/fixture.js";
import { canary, type Fixture } from "./fixture.js";

export { canary };

export const ofDirectMessage = ({ directMessages }: Fixture): Partial<Subject> => ({
  message: directMessages.other.id,
});
export const ofActorsDirectMessage = ({ directMessages }: Fixture): Partial<Subject> => ({
  message: directMessages.actor.id,
});
export const ofActorsGroupMessage = ({ groupMessages }: Fixture): Partial<Subject> => ({
  message: groupMessages.actor.id,
});

type Step = (fixture: Fixture) => Promise<Made>;

export const hasOwnState =
  (noun: "mute" | "archive", conversation: "group" | "direct"): Step =>
  async (fixture) => {
    await expectOk(fixture.actor, `POST /v1/chat/conversations/${fixture[conversation]}/${noun}`, {});
    return {};
  };

export const reacts =
  (emoji: string): Step =>
  async ({ actor, directMessages }) => {
    await react(actor, directMessages.other.id, emoji);
    return {};
  };

/** Adds a message to the direct conversation, which a block withholds. */
export const saysMeanwhile: Step = async ({ writer, direct }) => ({
  message: (await say(writer, direct, `${canary} meanwhile`)).id,
});

export const hasGroupWithoutOther: Step = async ({ actor, carol }) => ({ group: (await groupOf(actor, [carol])).id });

export const uploads: Step = async ({ actor }) => ({ media: await upload(actor) });

export const saysWithFile =
  (conversation: "group" | "direct"): Step =>
  async (fixture) => {
    const media = await upload(fixture.writer);
    await expectOk(fixture.writer, `POST /v1/chat/media/${media}/confirm`, {});
    await say(fixture.writer, fixture[conversation], `${canary} with a file`, { media_ids: [media] });
    return { media };
  };

/** Makes a further session. */
export const sessionOf = async (person: Person): Promise<string> =>
  (await expectOk<{ session_id: string }>(await logIn(person), "GET /auth/me")).session_id;
