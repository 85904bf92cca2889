/** Who may import whom; ARCHITECTURE.md says why. */
const own = (...packages) => `^(${packages.join("|")})/`;
const inSources = (path) => ({ path: `${path}.*/src/` });

/** The rooms of the messaging service, the lowest floor first: each knows what is on its own floor and below. */
const floors = [
  ["views", "jobs"],
  ["blocks"],
  ["events"],
  ["conversation-log"],
  ["conversations", "participants", "messages", "media", "users"],
  ["search", "sync", "presence"],
  ["realtime"],
];

const roomsOf = (rooms) => `^apps/msgsrv/src/(${rooms.join("|")})/`;

const arrows = floors.slice(0, -1).map((rooms, index) => ({
  name: `downwards-only-from-${rooms[0]}`,
  comment: "Arrows between rooms lead downwards; ARCHITECTURE.md draws them.",
  severity: "error",
  from: { path: roomsOf(rooms) },
  to: { path: roomsOf(floors.slice(index + 1).flat()) },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "not-to-dev-dependencies",
      comment: "What runs in production is among the dependencies, or the peer dependencies.",
      severity: "error",
      from: { path: "/src/", pathNot: ["/src/emit/"] },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm", "npm-peer", "type-only"] },
    },
    { name: "nothing-imports-main", severity: "error", from: {}, to: { path: "/main\\.ts$" } },
    {
      name: "contracts-stand-alone",
      severity: "error",
      from: inSources("^packages/contracts"),
      to: { path: own("packages/(?!contracts)[^/]+", "apps/[^/]+") },
    },
    {
      name: "db-knows-contracts-only",
      severity: "error",
      from: inSources("^packages/db"),
      to: { path: own("packages/(?!contracts|db)[^/]+", "apps/[^/]+") },
    },
    {
      name: "server-knows-contracts-and-db",
      severity: "error",
      from: inSources("^packages/server"),
      to: { path: own("packages/(?!contracts|db|server)[^/]+", "apps/[^/]+") },
    },
    {
      name: "sdk-knows-its-own-generated-files",
      severity: "error",
      from: inSources("^packages/sdk"),
      to: { path: own("packages/(?!sdk)[^/]+", "apps/[^/]+") },
    },
    {
      name: "the-page-is-a-user-of-the-sdk",
      severity: "error",
      from: inSources("^apps/web"),
      to: { path: own("packages/(?!sdk)[^/]+", "apps/(?!web)[^/]+") },
    },
    {
      name: "bench-is-a-user-of-the-sdk",
      comment: "Only what fills a database, and what is compared with the product, goes past the API.",
      severity: "error",
      from: { path: "^packages/bench.*/src/", pathNot: "^packages/bench/src/(load|baselines)/" },
      to: { path: own("packages/(?!bench|sdk)[^/]+", "apps/[^/]+") },
    },
    {
      name: "apps-do-not-know-each-other",
      comment: "Only standalone, which composes them, may.",
      severity: "error",
      from: { path: "^apps/(?!standalone|web)([^/]+)/src/" },
      to: { path: own("apps/[^/]+", "packages/(?:sdk|bench)"), pathNot: "^apps/$1/" },
    },
    {
      name: "database-drivers-in-db-only",
      severity: "error",
      from: { path: "/src/", pathNot: "^packages/(db|bench/src/(load|baselines))/" },
      to: { path: "node_modules/(drizzle-orm|postgres)/" },
    },
    {
      name: "rules-know-no-transport",
      comment:
        "Rules, queries and contracts can be called from anywhere; routers, the socket and a process's own files are transport.",
      severity: "error",
      from: {
        path: "^(packages/(contracts|db)|apps/[^/]+)/src/[^/]+/",
        pathNot: [
          "^packages/contracts/src/(kernel|emit)/",
          "\\.router\\.ts$",
          "^apps/msgsrv/src/realtime/realtime\\.(upgrade|connection|outbound)\\.ts$",
          "^apps/gateway/src/(docs|proxy|web)/",
        ],
      },
      to: { path: "node_modules/(fastify|@fastify/[^/]+|@trpc/server|ws)/" },
    },
    {
      name: "routers-are-thin",
      severity: "error",
      from: { path: "\\.router\\.ts$" },
      to: { path: "^packages/db/" },
    },
    {
      name: "one-publisher",
      comment: "Events reach the bus through one file of each app: after the commit, in order, typed by the contract.",
      severity: "error",
      from: { path: "/src/", pathNot: "^apps/[^/]+/src/events/events\\.publisher\\.ts$" },
      to: { path: "^packages/server/src/bus/publish\\.ts$" },
    },
    {
      name: "one-unit-of-work",
      comment: "Conversations are locked, and their counters taken, through the conversation log alone.",
      severity: "error",
      from: { path: "/src/", pathNot: ["^packages/db/", "^apps/msgsrv/src/conversation-log/"] },
      to: { path: "^packages/db/src/conversation-log/" },
    },
    ...arrows,
    {
      name: "no-cycles-between-rooms",
      comment: "Rooms of one floor may know each other, in one direction.",
      severity: "error",
      scope: "folder",
      from: { path: "^apps/msgsrv/src/[^/]+$" },
      to: { path: "^apps/msgsrv/src/[^/]+$", circular: true },
    },
    {
      name: "rooms-do-not-know-the-house",
      comment: "Who puts the rooms together knows them, and not the other way round.",
      severity: "error",
      from: { path: "^apps/msgsrv/src/[^/]+/" },
      to: { path: "^apps/msgsrv/src/[^/]+\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|test|coverage)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".json"],
    },
  },
};
