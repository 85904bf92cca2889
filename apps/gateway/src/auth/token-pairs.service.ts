import type { Tokens } from "@vero/server";
import type { Profiles } from "./profiles.service.js";
import type { Owner } from "./sessions.service.js";

/** A session that was opened or renewed, with its present refresh token. */
export interface BegunSession extends Owner {
  session_id: string;
  generation: number;
  refresh_token: string;
}

export type TokenPairs = ReturnType<typeof createTokenPairs>;

export function createTokenPairs({
  tokens,
  profiles,
}: {
  tokens: Pick<Tokens, "signer">;
  profiles: Pick<Profiles, "get">;
}) {
  return {
    /**
     * Opens or renews a session by `begin`, and answers with its tokens and user. The signing key is loaded before:
     * where nothing can be signed, no session begins, and no refresh token is replaced.
     */
    async issue(begin: () => Promise<BegunSession>) {
      const sign = await tokens.signer();
      const { refresh_token, ...session } = await begin();
      const user = await profiles.get(session);
      const { token, expires_in } = await sign("access", { ...session, role: user.role });
      return { access_token: token, token_type: "Bearer" as const, expires_in, refresh_token, user };
    },
  };
}
