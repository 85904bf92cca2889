import { effects, never, ofWithheldMessage, ok, refused, unnoticed } from "../blocks/policies.js";
import { ofActorsDirectMessage, saysWithFile, uploads } from "../blocks/steps.js";
import { personIn } from "../roles/fixture.js";
import { nobodyMay, onlyParticipants, signedIn, takingPart } from "../roles/roles.js";
import type { RowsOf } from "./row.js";

export const media: RowsOf<"media"> = {
  create_upload_url: {
    request: () => ({ file_name: "notes.txt", content_type: "text/plain", size_bytes: 11 }),
    roles: { "for a file": { answers: signedIn() } },
    blocks: { "for a file": { effects: unnoticed } },
  },
  confirm: {
    request: ({ media }) => ({ id: media }),
    roles: {
      "their own": {
        answers: signedIn(),
        on: async (staged) => ({ media: await staged.upload(personIn(staged)) }),
      },
      "somebody else's": {
        answers: nobodyMay("media_not_found"),
        on: async ({ uploadOfPeer }) => ({ media: await uploadOfPeer() }),
      },
    },
    received: {
      "a file of a message": {
        by: "member",
        on: async (staged) => ({
          media: await staged.upload(personIn(staged)),
          message: await staged.own(staged.player),
        }),
        with: ({ message }) => ({ message_id: message }),
        receivers: { "message.updated": takingPart },
      },
      "an upload": {
        by: "member",
        on: async (staged) => ({ media: await staged.upload(personIn(staged)) }),
        receivers: { "media.ready": ["member"] },
      },
      "an upload that is not what it claims to be": {
        by: "member",
        on: async (staged) => ({ media: await staged.upload(personIn(staged), "image/png") }),
        isRefused: true,
        receivers: { "media.rejected": ["member"] },
      },
    },
    blocks: {
      "for later": {
        effects: unnoticed,
        prepare: uploads,
        events: { "media.ready": never, "media.rejected": never },
      },
      "for a message of theirs in the direct one": {
        effects: effects(ok("delivered"), refused("you_blocked_user"), ok("gone")),
        prepare: uploads,
        on: ofActorsDirectMessage,
        with: ({ message }) => ({ message_id: message }),
      },
    },
  },
  get: {
    request: ({ media }) => ({ id: media }),
    roles: {
      "of a message in the group": {
        answers: onlyParticipants("media_not_found"),
        on: async ({ media }) => ({ media: await media() }),
      },
    },
    blocks: {
      "from before the block, in the direct one": { effects: unnoticed, prepare: saysWithFile("direct") },
      withheld: { effects: ofWithheldMessage("media_not_found"), meanwhile: saysWithFile("direct") },
      "in a group": { effects: unnoticed, meanwhile: saysWithFile("group") },
    },
  },
};
