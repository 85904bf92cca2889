import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { invalid } from "../errors/settle.js";

/** E.164; undefined when its country has no such numbers. */
export function e164Of(phone: string): string | undefined {
  const parsed = parsePhoneNumberFromString(phone);
  return parsed?.isValid() ? parsed.number : undefined;
}

/** The same, or refused: the contract checks how a number is written, this whether its country has such numbers. */
export function toE164(phone: string): string {
  const number = e164Of(phone);
  if (number === undefined) {
    throw invalid([{ path: "phone", code: "invalid_phone", message: "is not a number of any country" }]);
  }
  return number;
}
