const timeFormat = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const weekdayFormat = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const dateFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const longDayFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const relativeDay = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

const dayMs = 24 * 60 * 60 * 1_000;

/** Counts the days since, by the calendar of the reader. */
function daysSince(time: string): number {
  const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(new Date()) - midnight(new Date(time))) / dayMs);
}

const capitalized = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

export const timeOfDay = (time: string): string => timeFormat.format(new Date(time));
export const fullTime = (time: string): string => fullFormat.format(new Date(time));
export const dayKey = (time: string): string => new Date(time).toDateString();

/** A time in a list, as short as it can be: a time today, a weekday within a week, else a date. */
export function shortTime(time: string): string {
  const days = daysSince(time);
  if (days === 0) return timeOfDay(time);
  return (days < 7 ? weekdayFormat : dateFormat).format(new Date(time));
}

/** The heading of a day. */
export function dayName(time: string): string {
  const days = daysSince(time);
  if (days === 0 || days === 1) return capitalized(relativeDay.format(-days, "day"));
  return (days < 180 ? dayFormat : longDayFormat).format(new Date(time));
}
