/** Why something is let pass, and the last day on which it is. */
export interface Exception {
  readonly reason?: string;
  /** A day such as 2027-01-31. */
  readonly until?: string;
}

/** Whether a text is a day of the calendar, such as 2027-01-31. */
export function isDay(text: string): boolean {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === "" || Number(month) < 1 || Number(month) > 12) return false;
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1] ?? 0;
  return Number(day) >= 1 && Number(day) <= days;
}

/** Whether the last day of an exception has passed; it holds for the whole of that day. */
export const isOver = ({ until }: Exception, today: string): boolean => until !== undefined && today > until;
