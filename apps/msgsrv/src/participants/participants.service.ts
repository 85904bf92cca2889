import { AppError, type msgsrvContract } from "@vero/contracts";
import { type Database, getSeat, listParticipantViews } from "@vero/db";
import { type Actor, decodeCursor, pageOf } from "@vero/server";
import { z } from "zod";
import { toParticipant } from "./participants.view.js";

type ListInput = z.output<(typeof msgsrvContract.participants)["list"]["input"]>;

const listKey = z.tuple([z.iso.datetime().regex(/^[12]/), z.uuid()]);

export type ParticipantsService = ReturnType<typeof createParticipants>;

export function createParticipants({ database }: { database: Database }) {
  return {
    async list({ tenant_id, user_id }: Actor, { id, limit, cursor }: ListInput) {
      const after = decodeCursor(listKey, cursor);
      return database.snapshot(async (tx) => {
        if ((await getSeat(tx, tenant_id, id, user_id)) === undefined) throw new AppError("conversation_not_found");
        const rows = await listParticipantViews(tx, tenant_id, id, {
          limit: limit + 1,
          ...(after && { after: { joined_at: after[0], user_id: after[1] } }),
        });
        return pageOf(rows, limit, toParticipant, ({ participant }) => [
          participant.joined_at.toISOString(),
          participant.user_id,
        ]);
      });
    },
  };
}
