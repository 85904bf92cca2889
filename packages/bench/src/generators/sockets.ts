import { once } from "node:events";
import WebSocket from "ws";

export interface CallingSocket {
  /** Sends a frame that carries the id, and resolves when the answer with that id has come. */
  call(frame: (id: number) => object): Promise<void>;
  close(): void;
}

const answerMs = 10_000;
const answerPrefix = Buffer.from('{"t":"res"');
const isAnswer = (bytes: Buffer): boolean => bytes.subarray(0, answerPrefix.length).equals(answerPrefix);

/** Opens a socket; `first` is the frame that shows who it is, where there is one, and `ready` the answer to it. */
async function openSocket(url: string, first?: object, onFrame?: (bytes: Buffer) => void): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  if (first === undefined) await once(socket, "open", { signal: AbortSignal.timeout(answerMs) });
  else {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${url} does not answer.`)), answerMs);
      socket.once("error", reject).once("close", (code) => reject(new Error(`${url} closed with ${code}.`)));
      socket.on("message", function look(bytes: Buffer) {
        const { t } = JSON.parse(bytes.toString()) as { t: string };
        if (t === "hello") socket.send(JSON.stringify(first));
        if (t !== "ready") return;
        socket.off("message", look).removeAllListeners("close").removeAllListeners("error");
        clearTimeout(timer);
        resolve();
      });
    });
  }
  if (onFrame !== undefined) socket.on("message", onFrame);
  return socket.on("error", () => {});
}

/** A socket on which one call after the other is made; events that come meanwhile are dropped unread. */
export async function openCallingSocket(url: string, first?: object): Promise<CallingSocket> {
  let answered: (failure?: Error) => void = () => {};
  let calls = 0;
  const socket = await openSocket(url, first, (bytes) => {
    if (!isAnswer(bytes)) return;
    const { ok, error } = JSON.parse(bytes.toString()) as { ok: boolean; error?: object };
    answered(ok ? undefined : new Error(`A call was answered with ${JSON.stringify(error)}`));
  });
  socket.once("close", (code) => answered(new Error(`${url} closed with ${code}.`)));
  return {
    call: (frame) =>
      new Promise((resolve, reject) => {
        answered = (failure) => (failure === undefined ? resolve() : reject(failure));
        calls += 1;
        socket.send(JSON.stringify(frame(calls)));
      }),
    close: () => {
      answered = () => {};
      socket.terminate();
    },
  };
}
