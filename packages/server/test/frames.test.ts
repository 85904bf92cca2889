import { describe, expect, it } from "vitest";
import { closeFrame, createFrameFollower, textFrame } from "../src/index.js";

function frame(length: number): Buffer {
  const payload = Buffer.alloc(length, 0x81);
  if (length < 126) return Buffer.concat([Buffer.from([0x81, length]), payload]);
  const head = length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10);
  head[0] = 0x81;
  head[1] = length < 65_536 ? 126 : 127;
  if (length < 65_536) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

describe("following a server's frames", () => {
  const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 0, 70_000];
  const frames = lengths.map(frame);
  const ends = new Set<number>();
  frames.reduce((sum, { length }) => {
    ends.add(sum + length);
    return sum + length;
  }, 0);

  it.each([1, 2, 3, 7, 1024, 1_000_000])("in pieces of %i bytes, it knows where one ends", (size) => {
    const bytes = Buffer.concat(frames);
    const follower = createFrameFollower();
    for (let at = 0; at < bytes.length; at += size) {
      const piece = bytes.subarray(at, at + size);
      follower.follow(piece);
      if (follower.isBetweenMessages() !== ends.has(at + piece.length)) expect.unreachable(`at ${at + piece.length}`);
    }
    expect(follower.isBetweenMessages()).toBe(true);
  });

  it("writes a close frame that it can follow", () => {
    const follower = createFrameFollower();
    expect(closeFrame(4000, "drain")).toEqual(Buffer.from([0x88, 7, 0x0f, 0xa0, ...Buffer.from("drain")]));
    follower.follow(closeFrame(4000, "drain"));
    expect(follower.isBetweenMessages()).toBe(true);
  });

  it.each([0, 125, 126, 65_535, 65_536])("writes a text frame of %i bytes that it can follow", (length) => {
    const lengths: number[] = [];
    const follower = createFrameFollower((payloadBytes) => lengths.push(payloadBytes));
    follower.follow(textFrame("x".repeat(length)));
    follower.follow(textFrame("ü"));
    expect(lengths).toEqual([length, 2]);
    expect(follower.isBetweenMessages()).toBe(true);
  });
});

describe("following a client's frames", () => {
  const masked = (first: number, payload: string): Buffer =>
    Buffer.concat([Buffer.from([first, 0x80 | payload.length, 1, 2, 3, 4]), Buffer.from(payload)]);

  it("counts fragments and the control frames among them, and knows that the message has not ended", () => {
    const lengths: number[] = [];
    const follower = createFrameFollower((payloadBytes) => lengths.push(payloadBytes));
    follower.follow(masked(0x01, "ab"));
    follower.follow(masked(0x89, ""));
    follower.follow(masked(0x00, "c"));
    expect(follower.isBetweenMessages()).toBe(false);
    follower.follow(masked(0x80, ""));
    expect(follower.isBetweenMessages()).toBe(true);
    expect(lengths).toEqual([2, 0, 1, 0]);
  });
});
