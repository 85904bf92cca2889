/**
 * The rate limits: `points` calls in `seconds`, counted by the key in `by`. An `ip` is an IPv4 address or an IPv6 /64;
 * `widerNetworks` bounds what the IPv6 networks of one site may do together. Every operation also counts against `all`
 * (signed-in callers) or `unauthenticated` (others). The limits are part of the contract, so that openapi.json can
 * state them.
 */
export const rateTable = {
  all: { points: 600, seconds: 60, by: "user" },
  unauthenticated: { points: 100, seconds: 60, by: "ip" },
  signup: { points: 5, seconds: 3600, by: "ip" },
  login: { points: 20, seconds: 60, by: "ip" },
  login_failure: { points: 5, seconds: 900, by: "account_and_ip" },
  login_failure_account: { points: 50, seconds: 3600, by: "account" },
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
  confirm: { points: 60, seconds: 60, by: "user" },
} as const satisfies Record<string, { points: number; seconds: number; by: RateKey }>;

type RateKey = "user" | "ip" | "account_and_ip" | "account";

/**
 * The factor by which a wider IPv6 network may do more than a /64. Customers get a /56 or a /48 (RFC 6177) and choose
 * among all addresses in it, while mobile networks give each customer a /64, so that many customers share a wider
 * network. Few callers share one account, so its factors are lower.
 */
export const widerNetworks = {
  ip: [
    { prefix: 56, factor: 4 },
    { prefix: 48, factor: 16 },
  ],
  account_and_ip: [
    { prefix: 56, factor: 2 },
    { prefix: 48, factor: 4 },
  ],
} as const;

export type RateName = keyof typeof rateTable;
