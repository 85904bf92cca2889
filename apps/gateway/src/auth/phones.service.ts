import { invalid } from "@vero/server";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** E.164, or refused: the contract checks how a number is written, this whether its country has such numbers. */
export function toE164(phone: string): string {
  const parsed = parsePhoneNumberFromString(phone);
  if (!parsed?.isValid()) {
    throw invalid([{ path: "phone", code: "invalid_phone", message: "is not a number of any country" }]);
  }
  return parsed.number;
}
