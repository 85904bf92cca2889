import type { Presence } from "@vero/sdk/store";

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

/** Says whether somebody is here, or when they were. */
export function presenceText(presence: Presence | undefined): string {
  if (presence === undefined) return "";
  if (presence.is_online) return presence.availability === "busy" ? "Busy" : "Online";
  if (presence.last_seen_at === null) return "";
  const minutes = Math.round((Date.now() - Date.parse(presence.last_seen_at)) / 60_000);
  if (minutes < 60) return `Last seen ${relative.format(-Math.max(1, minutes), "minute")}`;
  if (minutes < 60 * 24) return `Last seen ${relative.format(-Math.round(minutes / 60), "hour")}`;
  return `Last seen ${relative.format(-Math.round(minutes / 60 / 24), "day")}`;
}
