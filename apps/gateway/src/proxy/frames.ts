/** A close frame from a server (RFC 6455 section 5.5.1): unmasked, with a code and a reason. */
export function closeFrame(code: number, reason: string): Buffer {
  const text = Buffer.from(reason);
  const head = Buffer.from([0x88, 2 + text.length, code >> 8, code & 0xff]);
  return Buffer.concat([head, text]);
}

const lengthBytes = (short: number): number => ({ 126: 2, 127: 8 })[short] ?? 0;

/**
 * Follows the bytes that a server sends, to know when a frame has ended: only there can a frame of our own be put in
 * (RFC 6455 section 5.2; the frames of a server carry no mask).
 */
export function createFrameFollower() {
  let head = Buffer.alloc(0);
  let payload = 0;
  return {
    follow(chunk: Buffer): void {
      let rest = chunk;
      while (rest.length > 0) {
        const skipped = Math.min(payload, rest.length);
        payload -= skipped;
        rest = rest.subarray(skipped);
        if (rest.length === 0) return;
        head = Buffer.concat([head, rest.subarray(0, 1)]);
        rest = rest.subarray(1);
        const short = (head[1] ?? 0) & 0x7f;
        const bytes = lengthBytes(short);
        if (head.length < 2 + bytes) continue;
        if (bytes === 0) payload = short;
        else payload = bytes === 2 ? head.readUInt16BE(2) : Number(head.readBigUInt64BE(2));
        head = Buffer.alloc(0);
      }
    },
    isBetween: (): boolean => payload === 0 && head.length === 0,
  };
}
