import { setPriority } from "node:os";
import { cleanImage, problemOf } from "./images.clean.js";
import { type ImageReply, type ImageTask, imageLanes } from "./images.task.js";

/** How often the time that the work has taken is looked at. */
const checkMs = 100;

/** Below the services, which answer everybody. */
const niceness = 5;

try {
  setPriority(niceness);
} catch {
  // Not every system lets a process step back.
}

const send = (reply: ImageReply): void => {
  process.send?.(reply);
};

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** Native code that decodes an image cannot be cancelled: the service ends this process when it reports to be stuck. */
function watch({ lane, cpuMs: maxMs }: ImageTask): NodeJS.Timeout {
  const { excess } = imageLanes[lane];
  const start = cpuMs();
  const timer = setInterval(() => {
    if (cpuMs() - start < maxMs) return;
    clearInterval(timer);
    send({ problem: excess, detail: `more than ${maxMs} ms of a processor`, isStuck: true });
  }, checkMs);
  return timer;
}

process.on("message", async (task: ImageTask) => {
  const timer = watch(task);
  try {
    const image = await cleanImage(task);
    send({ image });
  } catch (error) {
    send({ problem: problemOf(error), detail: String(error), isStuck: false });
  } finally {
    clearInterval(timer);
  }
});

// The service that gives the tasks has ended, so nobody waits for the result.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
