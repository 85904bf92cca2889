import { describe, expect, it } from "vitest";
import { emojiCount } from "../src/emoji/emoji.js";
import { textParts } from "../src/messages/text-parts.js";

const links = (text: string) =>
  textParts(text, []).flatMap((part) => (part.kind === "link" ? [[part.text, part.href]] : []));

describe("links in a text", () => {
  it.each([
    ["see https://example.com.", "https://example.com", "https://example.com"],
    ["(https://example.com/a)", "https://example.com/a", "https://example.com/a"],
    ["https://example.com/a_(b)", "https://example.com/a_(b)", "https://example.com/a_(b)"],
    ["www.example.com, or", "www.example.com", "https://www.example.com"],
    ["ask ada@example.com!", "ada@example.com", "mailto:ada@example.com"],
    ["HTTPS://EXAMPLE.COM", "HTTPS://EXAMPLE.COM", "HTTPS://EXAMPLE.COM"],
  ])("%s", (text, shown, href) => {
    expect(links(text)).toEqual([[shown, href]]);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "example.com"])(
    "%s is none",
    (text) => {
      expect(links(text)).toEqual([]);
    },
  );

  it("leave the text as it was, whatever is in it", () => {
    const text = "a `b` https://c.example @Ada Lovelace, ```\nd\n``` <b>e</b>";
    expect(textParts(text, ["Ada Lovelace"])).toEqual([
      { kind: "text", text: "a " },
      { kind: "code", text: "b" },
      { kind: "text", text: " " },
      { kind: "link", text: "https://c.example", href: "https://c.example" },
      { kind: "text", text: " " },
      { kind: "mention", text: "@Ada Lovelace" },
      { kind: "text", text: ", " },
      { kind: "code", text: "d" },
      { kind: "text", text: " <b>e</b>" },
    ]);
  });

  it("names of people may hold what means something in a pattern", () => {
    expect(textParts("@C++ (Bjarne)!", ["C++ (Bjarne)"])[0]).toEqual({ kind: "mention", text: "@C++ (Bjarne)" });
  });
});

describe("emojis alone", () => {
  it.each([
    ["👏👏", 2],
    ["👩‍👩‍👧‍👦 ❤️", 2],
    ["🇸🇪", 1],
    ["👍🏽", 1],
    ["7", 0],
    ["ok 👍", 0],
    ["", 0],
    ["🙂".repeat(13), 0],
  ])("%s are %i", (text, count) => {
    expect(emojiCount(text)).toBe(count);
  });
});
