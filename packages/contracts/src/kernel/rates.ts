/**
 * The rate limits, per user unless `by` says otherwise: `points` calls in `seconds`.
 * Every operation also counts against `all` (signed-in callers) or `unauthenticated` (the rest).
 * They are part of the contract, so that openapi.json can say what a client has to expect.
 */
export const rateTable = {
  all: { points: 600, seconds: 60, by: "user" },
  unauthenticated: { points: 100, seconds: 60, by: "ip" },
  signup: { points: 5, seconds: 3600, by: "ip" },
  login: { points: 20, seconds: 60, by: "ip" },
  login_failure: { points: 5, seconds: 900, by: "account_and_ip" },
  refresh: { points: 30, seconds: 60, by: "ip" },
  change_password: { points: 5, seconds: 3600, by: "user" },
  upgrade: { points: 600, seconds: 60, by: "ip" },
  connect: { points: 30, seconds: 60, by: "user" },
  token: { points: 20, seconds: 60, by: "user" },
  send: { points: 20, seconds: 4, by: "user" },
  typing: { points: 1, seconds: 1, by: "user" },
  edit: { points: 5, seconds: 1, by: "user" },
  react: { points: 5, seconds: 1, by: "user" },
  forward: { points: 10, seconds: 60, by: "user" },
  create: { points: 10, seconds: 60, by: "user" },
  list: { points: 300, seconds: 60, by: "user" },
  sync: { points: 120, seconds: 60, by: "user" },
  search: { points: 20, seconds: 60, by: "user" },
  user_search: { points: 20, seconds: 60, by: "user" },
  upload_url: { points: 20, seconds: 60, by: "user" },
} as const satisfies Record<string, { points: number; seconds: number; by: "user" | "ip" | "account_and_ip" }>;

export type RateName = keyof typeof rateTable;
