import type { SearchHit } from "@vero/sdk";

/** The part of a message that was found, with what was sought marked. */
export function Snippet({ snippet: { text, ranges } }: Pick<SearchHit, "snippet">) {
  let end = 0;
  const parts = ranges.flatMap(({ start, length }) => {
    const before = text.slice(end, start);
    end = start + length;
    return [before, <mark key={start}>{text.slice(start, end)}</mark>];
  });
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
}
