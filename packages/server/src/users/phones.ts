import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { invalid } from "../errors/to-app-error.js";

/** Returns a number in E.164, or undefined where its country has no such numbers. */
export function e164Of(phone: string): string | undefined {
  const parsed = parsePhoneNumberFromString(phone);
  return parsed?.isValid() ? parsed.number : undefined;
}

/**
 * Returns a number in E.164, or throws `validation_failed`. The contract checks only how a number is written, and this
 * that its country has such numbers.
 */
export function toE164(phone: string): string {
  const number = e164Of(phone);
  if (number === undefined) {
    throw invalid([{ path: "phone", code: "invalid_phone", message: "is not a number of any country" }]);
  }
  return number;
}
