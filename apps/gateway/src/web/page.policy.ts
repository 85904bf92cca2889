/** The origins beside its own that the page may reach. */
export interface PageOrigins {
  /** The address that clients use, which may be another one than the page was opened at: the socket is there. */
  publicUrl: string;
  /** The origins of the URLs of files. */
  files: readonly string[];
}

/**
 * Builds the policy of the page: nothing inline, nothing from elsewhere, except pictures of people (their addresses may be
 * anywhere) and files at the store.
 */
export function contentSecurityPolicy({ publicUrl, files }: PageOrigins): string {
  const { origin } = new URL(publicUrl);
  const stored = ["'self'", origin, ...files];
  const directives: Record<string, readonly string[]> = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": [...stored, "data:", "blob:", "https:"],
    "media-src": [...stored, "blob:"],
    "connect-src": [...stored, origin.replace(/^http/, "ws")],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...new Set(sources)].join(" "))
    .join("; ");
}
