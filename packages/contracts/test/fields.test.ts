import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { ratioOf } from "../../../test/harness/timing.js";
import { authContract } from "../src/auth/auth.contract.js";
import { email, password, sessionId } from "../src/auth/auth.schema.js";
import { httpsUrl, id, instant, metadata, paging, seq, time } from "../src/kernel/fields.js";
import { chars, nameText, words } from "../src/kernel/text.js";
import { phone, timezone } from "../src/users/users.schema.js";

const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

const both = (name: string, schema: z.ZodType, good: unknown[], bad: unknown[]): void => {
  describe(name, () => {
    it.each(good.map((value) => [value]))("accepts %j", (value) => expect(accepts(schema, value)).toBe(true));
    it.each(bad.map((value) => [value]))("refuses %j", (value) => expect(accepts(schema, value)).toBe(false));
  });
};

describe("lengths of text", () => {
  it("count code points, not UTF-16 units", () => {
    expect(accepts(chars(1, 3), "👍👍👍")).toBe(true);
    expect(accepts(chars(1, 3), "👍👍👍👍")).toBe(false);
    expect(accepts(chars(2, 3), "👍")).toBe(false);
    expect(accepts(chars(2, 3), "👍👍")).toBe(true);
  });

  it("hold at both ends", () => {
    expect(accepts(words(10_000), "a".repeat(10_000))).toBe(true);
    expect(accepts(words(10_000), "a".repeat(10_001))).toBe(false);
    expect(accepts(words(10_000), "👍".repeat(10_000))).toBe(true);
    expect(accepts(words(10_000), "👍".repeat(10_001))).toBe(false);
    expect(accepts(chars(1, 3), "")).toBe(false);
    expect(accepts(chars(0, 3), "")).toBe(true);
  });

  it("are refused with codes that say so", () => {
    expect(chars(2, 3).safeParse("a").error?.issues[0]).toMatchObject({ code: "too_small", minimum: 2 });
    expect(chars(2, 3).safeParse("abcd").error?.issues[0]).toMatchObject({ code: "too_big", maximum: 3 });
  });
});

both(
  "text",
  chars(1, 20),
  ["a", " ", "é", "a\nb\tc", "\u0007", "👨‍👩‍👧", "مرحبا"],
  ["a\0b", "\0", "a\ud83d", "\udc4db", 1, null],
);

both(
  "text for people",
  words(20),
  [
    "a",
    " a ",
    "\n.\n",
    "👍",
    "❤️",
    "漢字",
    "a\u200b",
    "\u0301",
    "\u2800.",
    "\u{1f1e9}\u{1f1ea}",
    "\uf8ff",
    "\u{1fae9}",
    "ㅎ",
  ],
  ["", " ", "\n\t ", "\u00a0\u3000", "\u200b", "\ufeff\u200d", "\u0000a", "a\0", "a\ud83d", "\u0001"],
);

both(
  "text of blank letters, fillers, tags and marks of direction alone",
  words(20),
  [],
  [
    ..."\u3164\u2800\u115f\u1160\uffa0\u034f\u17b4\u180e\u061c\u200e\u2066\ufe0f\ufff9\ufffe",
    ..."\u{e0041}\u{e0100}\u{1d159}\u{1d173}\u{13441}\u{16fe4}\u{1bca0}",
    "\u3164 \u{e0041}\u2800\u200f",
  ],
);

both(
  "a name",
  nameText(20),
  ["a", " Ada ", "Zoë", "👍", "علی\u200e", "\u061cعلی", "O’Neill", "!?"],
  [
    ...["", " ", "\u3164", "\u2800", "\u115f", "\u034f", "\u{e0041}", "\u200e", "\u200d", "\ufeff"],
    ...["a\nb", "a\r", "\ta", "a\u0085b", "a\u2028b", "a\u2029b", "a\0", "\u001bc", "a\u009f", "a\ud83d"],
    ...["\u202ea", "a\u202db", "a\u202ab", "a\u202bb", "a\u202cb", "a\u2066b\u2069", "a\u2067b", "a\u2068b"],
    "x".repeat(21),
  ],
);

describe("a name is kept", () => {
  it("in NFC, and counted so", () => {
    expect(nameText(20).parse("Zoe\u0308")).toBe("Zo\u00eb");
    expect(nameText(3).parse("Zoe\u0308")).toHaveLength(3);
  });

  it.each([
    ["an emoji of several", "Team 👩🏽‍🔬👨‍👩‍👧‍👦🏳️‍🌈", "Team 👩🏽‍🔬👨‍👩‍👧‍👦🏳️‍🌈"],
    ["Persian", "می\u200cخواهم", "می\u200cخواهم"],
    ["Devanagari, Sinhala and Bengali", "क्\u200dष श්\u200dරී র\u200d্য", "क्\u200dष श්\u200dරී র\u200d্য"],
    ["Latin, Greek and digits", "\u200dA\u200cd\u200da 1\u200d2", "Ada 12"],
  ])("with the joiners that %s needs", (_, given, kept) => expect(nameText(40).parse(given)).toBe(kept));
});

describe("a password", () => {
  it("is counted and kept in NFC, with one kind of space", () => {
    expect(password.parse("e\u0301".repeat(8))).toBe("é".repeat(8));
    expect(accepts(password, "e\u0301".repeat(7))).toBe(false);
    expect(accepts(password, "e\u0301".repeat(128))).toBe(true);
    expect(password.parse("a\u00a0b\u3000cdefgh")).toBe("a b cdefgh");
  });

  it("is taken decomposed by a sign-in, whatever its length", () => {
    expect(
      accepts(authContract.login.input, { email: "ada@example.com", password: "\u1f82".repeat(128).normalize("NFD") }),
    ).toBe(true);
  });
});

it("judges hostile text in linear time", () => {
  const model = words(2_000_000);
  for (const hostile of [
    (n: number) => " ".repeat(n),
    (n: number) => `${"a".repeat(n)}\0`,
    (n: number) => `${" ".repeat(n)}\0a`,
  ]) {
    const judge = (size: number): void => expect(accepts(model, hostile(size))).toBe(false);
    expect(
      ratioOf(
        () => judge(1_600_000),
        () => judge(25_000),
      ),
      // 64 times the length: in quadratic time it would take 4,096 times as long.
    ).toBeLessThan(640);
  }
});

describe("metadata", () => {
  const nested = (levels: number): unknown => (levels === 1 ? {} : { a: nested(levels - 1) });

  both(
    "content",
    metadata,
    [{}, { a: 1 }, { a: { b: [null, true, "c", { d: 1.5 }] } }],
    [{ a: "x\0" }, { "x\0": 1 }, { a: [{ b: "x\0" }] }, { a: { "b\0": 1 } }, { a: "\ud83d" }, [], "a", null, undefined],
  );

  both(
    "numbers, which are stored as they were sent or refused",
    metadata,
    [{ a: 9_007_199_254_740_991 }, { a: [-9_007_199_254_740_991, 1.5, 1e-7] }, { a: "9007199254740993" }],
    // The literals are what JSON.parse makes of 9007199254740993 and 1e400.
    [{ a: 9_007_199_254_740_992 }, { a: { b: [-9_007_199_254_740_992] } }, { a: [Number.POSITIVE_INFINITY] }],
  );

  it("names the rule about numbers", () => {
    const { error } = metadata.safeParse({ a: 2 ** 53 });
    expect(error?.issues).toMatchObject([{ params: { code: "inexact_number" } }]);
  });

  it("holds 16,384 bytes of UTF-8 JSON and not one more", () => {
    const frame = '{"a":""}'.length;
    expect(accepts(metadata, { a: "x".repeat(16_384 - frame) })).toBe(true);
    expect(accepts(metadata, { a: "x".repeat(16_385 - frame) })).toBe(false);
    expect(accepts(metadata, { a: "é".repeat((16_384 - frame) / 2) })).toBe(true);
    expect(accepts(metadata, { a: "é".repeat((16_384 - frame) / 2 + 1) })).toBe(false);
  });

  it("holds 32 levels, and refuses thousands of them without falling over", () => {
    expect(accepts(metadata, nested(32))).toBe(true);
    expect(accepts(metadata, nested(33))).toBe(false);
    expect(accepts(metadata, JSON.parse(`{"a":${"[".repeat(30_000)}${"]".repeat(30_000)}}`))).toBe(false);
  });
});

both(
  "timezone",
  timezone,
  [
    "Europe/Berlin",
    "America/Argentina/Buenos_Aires",
    "UTC",
    "Etc/GMT+1",
    "Asia/Kolkata",
    "Asia/Calcutta",
    "US/Pacific",
    "EST5EDT",
  ],
  [
    "",
    "Europe/Atlantis",
    "+01:00",
    "-05:00",
    "Europe/",
    "a b",
    "Europe/Berlin\0",
    "x".repeat(65),
    "PST",
    "IST",
    "AET",
    "europe/berlin",
    "EUROPE/BERLIN",
    "utc",
    "SystemV/PST8",
    "US/Pacific-New",
    "Factory",
  ],
);

it("knows every time zone that browsers answer", () => {
  const unknown = Intl.supportedValuesOf("timeZone").filter((zone) => !accepts(timezone, zone));
  expect(unknown).toEqual([]);
});

both(
  "httpsUrl",
  httpsUrl,
  [
    "https://example.com",
    "https://example.com/",
    "https://cdn.example.co.uk:8443/a/b.png?size=2&x=%20#top",
    "https://xn--bcher-kva.example/a",
    "https://example.xn--p1ai",
    "https://example.com:65535/",
  ],
  [
    "http://example.com/a.png",
    "javascript:alert(1)",
    "data:image/png;base64,AAAA",
    "//example.com/a.png",
    "https:example.com",
    "https://user:secret@example.com/",
    "https://user@example.com/",
    "https://localhost/a.png",
    "https://127.0.0.1/a.png",
    "https://[::1]/a.png",
    "https://example.com:65536/",
    "https://example.com/a b",
    "https://example.com/\0",
    "https://example.com/%zz",
    "https://example.com/é",
    " https://example.com/",
    "https://example.com\\@evil.example/",
    `https://example.com/${"a".repeat(2048)}`,
  ],
);

it("takes no URL that a browser would read differently", () => {
  for (const url of ["https://example.com", "https://example.com/a?b=https://x.example/#c@d"]) {
    expect(accepts(httpsUrl, url)).toBe(true);
    expect(new URL(url)).toMatchObject({ protocol: "https:", hostname: "example.com", username: "", password: "" });
  }
});

both(
  "email",
  email,
  [
    "ada@example.com",
    "Ada.Lovelace+chat@Sub.Example.COM",
    "o'neill@example.ie",
    "a@xn--bcher-kva.example",
    "a@example.xn--p1ai",
    `${"a".repeat(64)}@example.com`,
  ],
  [
    "",
    "ada",
    "ada@",
    "@example.com",
    "ada@example",
    "ada@@example.com",
    ".ada@example.com",
    "ada.@example.com",
    "a..b@example.com",
    "ada@-example.com",
    "ada@example-.com",
    "ada@example.c",
    "ada@127.0.0.1",
    "ada@exämple.com",
    " ada@example.com",
    "ada@example.com\n",
    "ada@example.com\0",
    "Ada <ada@example.com>",
    `${"a".repeat(65)}@example.com`,
    `a@${"b.".repeat(126)}com`,
  ],
);

both(
  "password",
  password,
  ["12345678", " ".repeat(8), "👍".repeat(8), "a".repeat(128)],
  ["1234567", "a".repeat(129), "👍".repeat(4)],
);

both(
  "phone",
  phone,
  ["+4930901820", "+49 30 901820", "+1 (415) 555-2671", "+44.20.7946.0958"],
  [
    "",
    "030 901820",
    "+0 30 901820",
    "+49",
    "+123456",
    `+${"1".repeat(16)}`,
    "+49 30 x",
    "+49 30 901820 ",
    "0049 30 901820",
  ],
);

both("sessionId", sessionId, ["mzcx3v5q7w2k4r6t", "a_-Z9"], ["", "a b", "a/b", "..", "a".repeat(65)]);

both(
  "id",
  id,
  ["0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a77", "0199D0A3-5A10-7C3E-9F6B-0D4C2F1E8A77"],
  [
    "",
    "0199d0a35a107c3e9f6b0d4c2f1e8a77",
    "0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a7",
    "0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a77 ",
    1,
  ],
);

both(
  "time",
  time,
  ["2026-03-01T12:00:00.000Z", "2024-02-29T23:59:59.999Z"],
  ["2026-03-01T12:00:00Z", "2026-03-01T12:00:00.000+01:00", "2026-02-29T12:00:00.000Z", "2026-03-01", ""],
);

both(
  "instant",
  instant,
  [
    "2026-03-01T12:00:00Z",
    "2026-03-01T12:00:00.5+05:30",
    "2024-02-29T00:00:00.123456789-08:00",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59-23:59",
  ],
  [
    "2026-03-01T12:00Z",
    "2026-03-01T12:00:00",
    "2026-02-29T12:00:00Z",
    "2026-03-01T24:00:00Z",
    "2026-03-01T12:00:60Z",
    "2026-03-01T12:00:00.123456789012345Z",
    "2026-03-01 12:00:00Z",
  ],
);

it("takes an instant beyond all years that PostgreSQL and JavaScript write alike as one within them", () => {
  expect(instant.parse("0000-01-01T00:00:00+23:59")).toBe("0001-01-02T00:00:00.000Z");
  expect(instant.parse("9999-12-31T23:59:59-23:59")).toBe("9999-12-30T00:00:00.000Z");
  expect(instant.parse("2026-03-01T12:00:00.12345678901234Z")).toBe("2026-03-01T12:00:00.12345678901234Z");
  for (const text of ["0000-01-01T00:00:00+23:59", "2026-03-01T12:00:00.12345678901234Z"]) {
    expect(Date.parse(instant.parse(text))).not.toBeNaN();
  }
});

both(
  "seq",
  seq,
  [0, 1, Number.MAX_SAFE_INTEGER],
  [-1, 1.5, Number.MAX_SAFE_INTEGER + 1, Number.POSITIVE_INFINITY, "1", null],
);

both("limit", paging.limit, [1, 100, undefined, null], [0, 101, 1.5, "30"]);
