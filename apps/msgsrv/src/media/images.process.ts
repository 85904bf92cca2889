import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type CleanImage, ImageRefusal, type ImageReply, type ImageTask } from "./images.task.js";

/** Beside this file, built or not. */
const isBuilt = import.meta.url.endsWith(".js");
const program = fileURLToPath(new URL(isBuilt ? "images.worker.js" : "images.worker.ts", import.meta.url));
const execArgv = isBuilt ? [] : ["--import", "tsx"];

/** The environment holds no secrets, because a hostile image may take over the process that decodes it. */
const inherited = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

function environment(): NodeJS.ProcessEnv {
  const entries = inherited.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  // glibc keeps what was freed by each thread; of images that is much.
  return { ...Object.fromEntries(entries), MALLOC_ARENA_MAX: "2" };
}

/** A process ends after so many images, or after one of the slow lane, to give its memory back. */
const maxTasks = 500;

/**
 * Writes images anew in a process of its own, one at a time, so that a hostile one can be ended at any point and takes
 * nothing else with it: neither threads, nor memory, nor the service. Started when it is needed, and again after that.
 */
export function createImageProcess({ wallMs }: { wallMs: number }) {
  let child: ChildProcess | undefined;
  let tasks = 0;

  function start(): ChildProcess {
    const started = fork(program, {
      execArgv,
      env: environment(),
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    // One that comes between two tasks; the next one finds that the process is gone.
    started.on("error", () => {});
    started.unref();
    started.channel?.unref();
    tasks = 0;
    return started;
  }

  function end(): void {
    child?.kill("SIGKILL");
    child = undefined;
  }

  const replyTo = (task: ImageTask, running: ChildProcess): Promise<ImageReply> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => running.kill("SIGKILL"), wallMs);
      const stopListening = (): void => {
        clearTimeout(timer);
        running.off("message", onMessage).off("exit", onEnd).off("error", onEnd);
      };
      const onMessage = (reply: unknown): void => {
        stopListening();
        resolve(reply as ImageReply);
      };
      const onEnd = (cause: unknown, signal?: unknown): void => {
        stopListening();
        reject(new ImageRefusal("unavailable", { cause: new Error(`the process ended: ${signal ?? cause}`) }));
      };
      running.once("message", onMessage).once("exit", onEnd).once("error", onEnd);
      running.send(task);
    });

  return {
    /** Throws an `ImageRefusal`. Must not be called before the last call has ended. */
    async clean(task: ImageTask): Promise<CleanImage> {
      if (child?.connected !== true) child = start();
      tasks += 1;
      let isFit = false;
      try {
        const reply = await replyTo(task, child);
        isFit = task.lane === "quick" && tasks < maxTasks && !("isStuck" in reply && reply.isStuck);
        if ("image" in reply) return reply.image;
        throw new ImageRefusal(reply.problem, { cause: new Error(reply.detail) });
      } finally {
        if (!isFit) end();
      }
    },
    end,
  };
}
