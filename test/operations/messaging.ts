import { unnoticed } from "../blocks/policies.js";
import { connect } from "../harness/socket.js";
import { signedIn, takingPart } from "../roles/roles.js";
import type { RowsOf } from "./row.js";

export const messaging: RowsOf<"messaging"> = {
  token: {
    request: () => ({}),
    roles: { "their own": { answers: signedIn() } },
    received: {
      // Nothing but a connection, for which the token is, causes it: of somebody whom all in the group share it with.
      "somebody comes": {
        cause: async ({ workspace }) => (await connect(workspace.stack, workspace.target)).close(),
        receivers: { "presence.changed": takingPart },
      },
    },
    blocks: { "their own": { effects: unnoticed } },
  },
};
