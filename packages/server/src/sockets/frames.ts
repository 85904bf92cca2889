/** Opcodes of RFC 6455 section 5.2. */
const opcodes = { text: 0x1, close: 0x8 };

/** Encodes the head of an unfragmented frame from a server, which carries no mask (RFC 6455 section 5.2). */
function frameHead(opcode: number, length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | opcode, length]);
  if (length < 65_536) return Buffer.from([0x80 | opcode, 126, length >> 8, length & 0xff]);
  const head = Buffer.alloc(10);
  head[0] = 0x80 | opcode;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

export const textFrameHead = (length: number): Buffer => frameHead(opcodes.text, length);

export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([textFrameHead(payload.length), payload]);
}

/** Encodes a close frame with a code and a reason (RFC 6455 section 5.5.1). */
export function closeFrame(code: number, reason: string): Buffer {
  const text = Buffer.from(reason);
  return Buffer.concat([frameHead(opcodes.close, 2 + text.length), Buffer.from([code >> 8, code & 0xff]), text]);
}

const lengthBytes = (short: number): number => ({ 126: 2, 127: 8 })[short] ?? 0;

/**
 * Follows the frames in one direction of a WebSocket without keeping its bytes. `onFrame` is called for every frame
 * once its head has come, control frames and fragments included; `isBetweenMessages` tells where a frame of our own may
 * be inserted.
 */
export function createFrameFollower(onFrame: (payloadBytes: number) => void = () => {}) {
  const head = Buffer.alloc(14);
  let headBytes = 0;
  let payload = 0;
  let isInMessage = false;

  function isHeadComplete(): boolean {
    if (headBytes < 2) return false;
    const second = head[1] ?? 0;
    const extended = lengthBytes(second & 0x7f);
    return headBytes >= 2 + extended + (second & 0x80 ? 4 : 0);
  }

  function beginFrame(): void {
    const short = (head[1] ?? 0) & 0x7f;
    const extended = lengthBytes(short);
    if (extended === 0) payload = short;
    else payload = extended === 2 ? head.readUInt16BE(2) : Number(head.readBigUInt64BE(2));
    headBytes = 0;
    const first = head[0] ?? 0;
    // Control frames may stand between the fragments of a message (RFC 6455 section 5.4).
    if ((first & 0x0f) < opcodes.close) isInMessage = (first & 0x80) === 0;
    onFrame(payload);
  }

  return {
    follow(chunk: Buffer): void {
      let at = 0;
      while (at < chunk.length) {
        const skipped = Math.min(payload, chunk.length - at);
        payload -= skipped;
        at += skipped;
        if (at === chunk.length) return;
        head[headBytes] = chunk[at] ?? 0;
        headBytes += 1;
        at += 1;
        if (isHeadComplete()) beginFrame();
      }
    },
    isBetweenMessages: (): boolean => payload === 0 && headBytes === 0 && !isInMessage,
  };
}
