import { AppError } from "@vero/contracts";
import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { keysFor, type Secrets } from "../config/secrets.js";
import { checkKey } from "./keys.js";
import type { DownloadTerms, UploadTerms } from "./store.js";

/** The path of the URLs of files, below the one that the gateway forwards to the messaging service. */
export const objectsPath = "/v1/chat/objects";

const upload = z.strictObject({
  sub: z.string(),
  exp: z.number(),
  method: z.literal("PUT"),
  content_type: z.string(),
  size_bytes: z.number(),
});
const download = z.strictObject({
  sub: z.string(),
  exp: z.number(),
  method: z.literal("GET"),
  content_type: z.string(),
  file_name: z.string(),
  disposition: z.enum(["inline", "attachment"]),
});
/** The claims that differ between uploads and downloads; both have the key as their subject, and an expiry. */
type Claims = Omit<z.output<typeof upload>, "sub" | "exp"> | Omit<z.output<typeof download>, "sub" | "exp">;

const termsOf = <C extends { exp: number }>(claims: C) => ({ ...claims, expires_at: new Date(claims.exp * 1_000) });

export type DiskLinks = ReturnType<typeof createDiskLinks>;

/**
 * Signs and reads the URLs of a disk store. A URL carries its terms and a MAC over them (RFC 7515, HS256): its holder
 * needs no session, as with the presigned URLs of S3.
 */
export function createDiskLinks({ publicUrl, ...secrets }: Secrets & { publicUrl: string }) {
  const macKeys = keysFor(secrets, "vero object urls");
  const base = publicUrl.replace(/\/+$/, "") + objectsPath;

  async function link(key: string, claims: Claims, expiresAt: Date): Promise<string> {
    const token = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(checkKey(key))
      .setExpirationTime(expiresAt)
      .sign(macKeys[0]);
    return `${base}/${key}?token=${token}`;
  }

  async function verify(key: string, token: string): Promise<JWTPayload> {
    let cause: unknown;
    for (const macKey of macKeys) {
      try {
        return (await jwtVerify(token, macKey, { algorithms: ["HS256"], subject: key })).payload;
      } catch (error) {
        cause = error;
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
      }
    }
    throw new AppError(cause instanceof errors.JWTExpired ? "url_expired" : "invalid_signature", { cause });
  }

  async function claimsOf<T>(schema: z.ZodType<T>, key: string, token: string): Promise<T> {
    const payload = await verify(key, token);
    // The MAC is right, but the URL was signed for the other method.
    const claims = schema.safeParse(payload);
    if (!claims.success) throw new AppError("invalid_signature");
    return claims.data;
  }

  return {
    upload: (key: string, { content_type, size_bytes, expires_at }: UploadTerms) =>
      link(key, { method: "PUT", content_type, size_bytes }, expires_at),
    download: (key: string, { content_type, file_name, disposition, expires_at }: DownloadTerms) =>
      link(key, { method: "GET", content_type, file_name, disposition }, expires_at),
    readUpload: (key: string, token: string): Promise<UploadTerms> => claimsOf(upload, key, token).then(termsOf),
    readDownload: (key: string, token: string): Promise<DownloadTerms> => claimsOf(download, key, token).then(termsOf),
  };
}
