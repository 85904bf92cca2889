import { AppError } from "@vero/contracts";
import type { FastifyRequest } from "fastify";
import { invalid } from "../errors/to-app-error.js";

/**
 * Fields that must come once, because two readers could each take another value (RFC 9110 section 5.3; RFC 9112 section
 * 3.2).
 */
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

/** Returns the name of a parameter for the error; empty where it cannot be decoded. */
const nameOf = (parameter: string): string => {
  const [name = ""] = parameter.split("=", 1);
  return isDecodable(name) ? decodeURIComponent(name) : "";
};

/**
 * Refuses a query that is not percent-encoded UTF-8, which would reach the operation as other text than the client
 * meant.
 */
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

/** Refuses requests that Node's parser accepts although two readers may understand them differently. */
export function refuseMalformed({ raw, url }: FastifyRequest): void {
  refuseRepeated(raw);
  refuseUndecodable(url);
}
