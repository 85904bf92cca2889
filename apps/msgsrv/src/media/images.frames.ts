/** Steps over the sub-blocks of a GIF (appendix A of its specification); the position behind the one of length zero. */
function skipSubBlocks(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const length = bytes.readUInt8(at);
    at += 1 + length;
    if (length === 0) break;
  }
  return at;
}

/** A colour table of a GIF, of the size that its flags say. */
const tableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

function countGifFrames(bytes: Buffer, max: number): number {
  if (bytes.length < 13) return 0;
  let count = 0;
  for (let at = 13 + tableBytes(bytes.readUInt8(10)); at + 10 < bytes.length && count <= max; ) {
    const block = bytes.readUInt8(at);
    if (block === 0x2c) {
      count += 1;
      at = skipSubBlocks(bytes, at + 11 + tableBytes(bytes.readUInt8(at + 9)));
    } else if (block === 0x21) {
      at = skipSubBlocks(bytes, at + 2);
    } else break;
  }
  return count;
}

function countWebpFrames(bytes: Buffer, max: number): number {
  let count = 0;
  for (let at = 12; at + 8 <= bytes.length && count <= max; ) {
    if (bytes.toString("latin1", at, at + 4) === "ANMF") count += 1;
    const length = bytes.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return count;
}

/**
 * Counts the frames of an animation without decoding any, and no further than one more than `max`. Asking libvips for
 * them takes time that grows with the square of their number: 4 s for a WebP of 50,000.
 */
export function countFrames(bytes: Buffer, type: string, max: number): number {
  if (type === "image/gif") return countGifFrames(bytes, max);
  if (type === "image/webp") return countWebpFrames(bytes, max);
  return 1;
}
