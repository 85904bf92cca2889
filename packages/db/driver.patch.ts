import { readFile } from "node:fs/promises";

/**
 * postgres.js 3.4.9 leaves state behind when a connection is lost: it may crash the process, hang or mix up results
 * (https://github.com/porsager/postgres/issues/1154 and /1208). And it does not say which server a connection leads to,
 * where a URL names several. Text to replace and replacement, by file of the driver.
 */
const patches: Record<string, [from: string, to: string][]> = {
  "connection.js": [
    // A write that was put off until after the loss would throw where nobody can catch it.
    [
      "    const x = socket.write(chunk, fn)\n",
      "    if (socket === null)\n      return (chunk = nextWriteTimer = null, true)\n\n    const x = socket.write(chunk, fn)\n",
    ],
    // A query on a lost connection is rejected. `true`: it must not be moved out of the queue it is in.
    [
      "    if (terminated)\n      return queryError(",
      "    if (socket === null)\n      return (queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true)\n\n    if (terminated)\n      return queryError(",
    ],
    // Without this the next connection would never write, or begin with the end of the one before.
    [
      "    clearImmediate(nextWriteTimer)\n    if (socket) {",
      "    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    if (socket) {",
    ],
    [
      "    clearImmediate(nextWriteTimer)\n    socket.removeListener(",
      "    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener(",
    ],
    // A server that closes while greeting is an error unless there is another host that was not tried. The next
    // connection must not inherit rows or an error, neither of that nor of what comes after the error of the socket.
    [
      "    if (initial)\n      return reconnect()\n\n    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n",
      "    if (initial && options.host[retries + 1]) {\n      retries++\n      return reconnect()\n    }\n\n    error(Errors.connection('CONNECTION_CLOSED', options, socket))\n    retries = 0\n    query = results = errorResponse = null\n    result = new Result()\n    rows = 0\n",
    ],
    // The number of a server process is worth nothing without the server; with it, the server has accepted the
    // connection.
    [
      "    backend.pid = x.readUInt32BE(5)\n",
      "    backend.pid = x.readUInt32BE(5)\n    backend.address = options.path ? { path: options.path } : { host: socket.remoteAddress, port: socket.remotePort }\n    socket.isAccepted = true\n",
    ],
  ],
  // A transaction that lost its connection must not go on, or roll back, in whatever uses that connection next.
  "index.js": [
    ["      , prepare = null\n", "      , prepare = null\n      , lost = null\n"],
    [
      "connection.onclose = reject)",
      "connection.onclose = e => {\n          lost = e\n          while (queries.length)\n            queries.shift().reject(e)\n          reject(e)\n        })",
    ],
    [
      "(uncaughtError = e))\n        c.queue === full",
      "(uncaughtError = e))\n        if (lost)\n          return q.reject(lost)\n\n        c.queue === full",
    ],
  ],
};

const files = /[\\/]node_modules[\\/]postgres[\\/]src[\\/](connection|index)\.js$/;

/** Fails when the driver is not the one this was written for. */
function patch(path: string, source: string): string {
  const name = `${files.exec(path)?.[1]}.js`;
  return (patches[name] ?? []).reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`postgres/src/${name} has not exactly one ${from}`);
    return text.replace(from, () => to);
  }, source);
}

interface Build {
  onLoad(on: { filter: RegExp }, load: (file: { path: string }) => Promise<{ contents: string }>): void;
  onEnd(check: () => { errors: { text: string }[] }): void;
}

/** For esbuild, which makes the driver part of this package. */
export const patchedBuild = {
  name: "patched-driver",
  setup(build: Build): void {
    const patched = new Set<string>();
    build.onLoad({ filter: files }, async ({ path }) => {
      const contents = patch(path, await readFile(path, "utf8"));
      patched.add(path);
      return { contents };
    });
    const expected = Object.keys(patches).length;
    build.onEnd(() => ({
      errors:
        patched.size === expected ? [] : [{ text: `${patched.size} of ${expected} files of postgres were patched` }],
    }));
  },
};

/** The same for tests, which run the sources. */
export const patchedTests = {
  name: "patched-driver",
  enforce: "pre" as const,
  transform: (source: string, id: string) => (files.test(id) ? { code: patch(id, source), map: null } : undefined),
};
