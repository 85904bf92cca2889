/**
 * Every rule that an input can break, by the stable `code` of an entry in `errors`. Rules of single fields have zod's
 * codes; rules of our own name theirs with `rule`.
 */
export const issueTable = {
  invalid_type: "The value is missing, or of another type",
  invalid_value: "The value is not one of those that are allowed",
  invalid_format: "The text does not have the required form",
  invalid_union: "The value has none of the possible shapes",
  invalid_key: "A key of the object is not allowed",
  invalid_element: "An element is not allowed",
  too_small: "The value is below the minimum, or too short",
  too_big: "The value is above the maximum, or too long",
  not_multiple_of: "The number is not a multiple of the required one",
  unrecognized_key: "There is no such field or parameter here",

  // Rules for the text of the request.
  invalid_encoding: "The text is not UTF-8, or not percent-encoded",
  invalid_json: "The text is not JSON",
  forbidden_key: "The key cannot be used, because it reaches for a prototype",
  too_deep: "The value is nested too deeply",

  // Rules between fields, or between a field and the service's data.
  one_of_required: "One of several fields is needed, and none is given",
  mutually_exclusive: "Fields that exclude each other are given together",
  not_applicable: "The field does not apply to a thing of this type",
  duplicate_item: "The list has an item twice",
  unstorable_text: "The text has NUL or unpaired surrogates",
  inexact_number:
    "The number is one that systems read differently: an integer beyond 2^53 - 1, or larger than a double",
  unknown_timezone: "There is no such time zone",
  invalid_phone: "The number belongs to no country",
  invalid_cursor: "The cursor is not one of this operation",
  not_in_future: "The time must be in the future",
  own_id: "The id is the caller's own",
  unknown_user: "There is no such user, or they are not active",
  invalid_mention: "The user is not a participant",
  system_message: "The message is one of the system",
} as const satisfies Record<string, string>;

export type IssueCode = keyof typeof issueTable;

/** Makes the parameters of a zod refinement: the code of the rule, and its message for people. */
export const rule = (code: IssueCode, message: string, more: { path?: string[]; abort?: boolean } = {}) => ({
  message,
  params: { code },
  ...more,
});
