import type { Socket } from "node:net";
import WebSocket from "ws";

export interface CallingSocket {
  /** Sends a frame that carries the id, and resolves when the answer with that id has come. */
  call(frame: (id: number) => object): Promise<void>;
  close(): void;
}

const answerMs = 10_000;
const answerPrefix = Buffer.from('{"t":"res"');
const isAnswer = (bytes: Buffer): boolean => bytes.subarray(0, answerPrefix.length).equals(answerPrefix);

export interface OpenSocket {
  ws: WebSocket;
  /** The connection below it. */
  connection: Socket;
}

/** Opens a socket; `first` is the frame that shows who it is, where there is one, and it is ready when that is taken. */
export function openSocket(url: string, first?: object): Promise<OpenSocket> {
  const ws = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: answerMs });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => ws.terminate(), answerMs);
    let connection: Socket;
    const settle = () => {
      clearTimeout(timer);
      ws.removeAllListeners("message");
      resolve({ ws, connection });
    };
    ws.on("error", reject).once("close", (code) => {
      clearTimeout(timer);
      reject(new Error(`A socket of ${url} ended with ${code}.`));
    });
    ws.once("upgrade", (response) => {
      connection = response.socket;
    });
    if (first === undefined) ws.once("open", settle);
    ws.on("message", (bytes: Buffer) => {
      const { t } = JSON.parse(bytes.toString()) as { t: string };
      if (t === "hello") ws.send(JSON.stringify(first));
      if (t === "ready") settle();
    });
  });
}

/** A socket on which one call after the other is made; events that come meanwhile are dropped unread. */
export async function openCallingSocket(url: string, first?: object): Promise<CallingSocket> {
  let answered: (failure?: Error) => void = () => {};
  let calls = 0;
  const { ws } = await openSocket(url, first);
  ws.on("message", (bytes: Buffer) => {
    if (!isAnswer(bytes)) return;
    const { ok, error } = JSON.parse(bytes.toString()) as { ok: boolean; error?: object };
    answered(ok ? undefined : new Error(`A call was answered with ${JSON.stringify(error)}`));
  });
  ws.once("close", (code) => answered(new Error(`${url} closed with ${code}.`)));
  return {
    call: (frame) =>
      new Promise((resolve, reject) => {
        answered = (failure) => (failure === undefined ? resolve() : reject(failure));
        calls += 1;
        ws.send(JSON.stringify(frame(calls)));
      }),
    close: () => {
      answered = () => {};
      ws.terminate();
    },
  };
}
