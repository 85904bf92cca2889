import { AppError } from "@vero/contracts";
import type { FastifyRequest } from "fastify";
import { invalid } from "../errors/settle.js";

/** Fields that two readers would read differently when they come twice (RFC 9110 section 5.3; RFC 9112 section 3.2). */
const single = ["host", "authorization", "content-type"];

function refuseRepeated({ httpVersion, headers, rawHeaders }: FastifyRequest["raw"]): void {
  if (headers.host === undefined && httpVersion === "1.1") {
    throw new AppError("malformed_request", { detail: "The header host is missing." });
  }
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? "";
    if (!single.includes(name)) continue;
    if (seen.has(name)) throw new AppError("malformed_request", { detail: `The header ${name} is given twice.` });
    seen.add(name);
  }
}

const isDecodable = (text: string): boolean => {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
};

/** A name, as far as it can be read, for the refusal. */
const nameOf = (parameter: string): string => {
  const [name = ""] = parameter.split("=", 1);
  return isDecodable(name) ? decodeURIComponent(name) : "";
};

/** A query that is not UTF-8, percent-encoded, would reach the operation as other text than was meant. */
function refuseUndecodable(url: string): void {
  const at = url.indexOf("?");
  if (at === -1) return;
  const query = url.slice(at + 1);
  if (isDecodable(query)) return;
  const wrong = query.split("&").filter((part) => !isDecodable(part));
  throw invalid(
    wrong.map((parameter) => ({
      path: nameOf(parameter),
      code: "invalid_encoding",
      message: "is not UTF-8, percent-encoded",
    })),
  );
}

/** Refuses what Node's parser lets pass although readers may disagree about it. */
export function refuseMalformed({ raw, url }: FastifyRequest): void {
  refuseRepeated(raw);
  refuseUndecodable(url);
}
