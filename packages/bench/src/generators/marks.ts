/** Messages of a benchmark begin with a mark, by which their frames are known without being parsed. */
export const markOf = (number: number): string => `#${String(number).padStart(9, "0")}`;

const sign = 0x23;
const markBytes = 10;

/** Calls back with the number of each mark among the bytes of a socket, however they were cut on their way. */
export function createMarkFinder(onMark: (number: number) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = bytes.indexOf(sign);
    for (; at >= 0 && at + markBytes <= bytes.length; at = bytes.indexOf(sign, at + 1)) {
      const digits = bytes.toString("latin1", at + 1, at + markBytes);
      if (/^\d{9}$/.test(digits)) onMark(Number(digits));
    }
    rest = at < 0 ? Buffer.alloc(0) : Buffer.from(bytes.subarray(at));
  };
}
