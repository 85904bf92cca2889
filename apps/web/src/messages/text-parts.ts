/** A piece of a message's text. */
export type TextPart =
  | { kind: "text"; text: string }
  | { kind: "link"; text: string; href: string }
  | { kind: "mention"; text: string }
  | { kind: "code"; text: string };

const pattern =
  /```([\s\S]+?)```|`([^`\n]+)`|\bhttps?:\/\/[^\s<>"]+|\bwww\.[^\s<>"]+\.[^\s<>"]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;

/** Cuts what ends the sentence, and not the address: a full stop, or a bracket that was opened before it. */
function trimmedLink(text: string): string {
  let link = text.replace(/[.,;:!?'"…]+$/u, "");
  if (link.endsWith(")") && !link.includes("(")) link = link.slice(0, -1);
  return link;
}

/** Only http, https and mail: nothing that runs in the page. */
function hrefOf(link: string): string | undefined {
  const href = /^https?:/i.test(link)
    ? link
    : link.includes("@") && !link.includes("/")
      ? `mailto:${link}`
      : `https://${link}`;
  return URL.canParse(href) ? href : undefined;
}

function withMentions(text: string, mention: RegExp | undefined): TextPart[] {
  if (mention === undefined || text === "") return text === "" ? [] : [{ kind: "text", text }];
  return text
    .split(mention)
    .filter((part) => part !== "")
    .map((part) => ({ kind: mention.test(part) && part.startsWith("@") ? "mention" : "text", text: part }));
}

/** Splits a text into links, mentions of these names, code, and what is between them. */
export function textParts(text: string, names: readonly string[]): TextPart[] {
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const mention = escaped.length === 0 ? undefined : new RegExp(`(@(?:${escaped.join("|")}))`, "u");
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const code = match[1] ?? match[2];
    const link = code === undefined ? trimmedLink(match[0]) : undefined;
    const href = link === undefined ? undefined : hrefOf(link);
    if (code === undefined && href === undefined) continue;
    parts.push(...withMentions(text.slice(end, match.index), mention));
    if (code !== undefined) parts.push({ kind: "code", text: code.replace(/^\n|\n$/g, "") });
    else if (link !== undefined && href !== undefined) parts.push({ kind: "link", text: link, href });
    end = match.index + (link ?? match[0]).length;
  }
  parts.push(...withMentions(text.slice(end), mention));
  return parts;
}
