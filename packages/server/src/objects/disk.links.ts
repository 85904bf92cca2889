import { AppError } from "@vero/contracts";
import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { keysFor, type Secrets } from "../config/secrets.js";
import { checkKey } from "./keys.js";
import type { DownloadTerms, UploadTerms } from "./store.js";

/** Below the path that the gateway passes on to the messaging service. */
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
/** What differs between the two; whose object, and until when, every token says. */
type Claims = Omit<z.output<typeof upload>, "sub" | "exp"> | Omit<z.output<typeof download>, "sub" | "exp">;

const termsOf = <C extends { exp: number }>(claims: C) => ({ ...claims, expires_at: new Date(claims.exp * 1_000) });

export type DiskLinks = ReturnType<typeof createDiskLinks>;

/**
 * URLs that carry what may be done with them, and a MAC over it (RFC 7515, HS256): whoever has one needs no session, like
 * the presigned URLs of S3.
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
    // The right MAC, and for the other method.
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
