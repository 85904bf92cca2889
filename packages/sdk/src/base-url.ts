import { platform } from "./platform.js";

/** Begins like a path: a host without its scheme must not be taken for one. */
const isPath = (text: string): boolean => /^\.{0,2}\//.test(text);

/**
 * Answers the absolute URL of the service, without a slash at its end. In a browser a path is one of the page's origin.
 *
 * @throws {TypeError} where there is no such URL.
 */
export function absoluteUrl(given: string): string {
  // In a worker that was made of a blob, the URL of the page comes after the scheme.
  const page = platform().location?.href?.replace(/^blob:/, "");
  try {
    const { protocol, origin, pathname } = isPath(given) ? new URL(given, page) : new URL(given);
    if (protocol === "http:" || protocol === "https:") return (origin + pathname).replace(/\/+$/, "");
  } catch {
    // No URL at all: the error below says so.
  }
  const hint = 'such as "https://chat.example.com", or in a browser also a path such as "/api"';
  throw new TypeError(`baseUrl ${JSON.stringify(given)} is not the URL of a service: give one ${hint}.`);
}
