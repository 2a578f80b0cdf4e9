import { type CalendarEvent, type Chain, type Component, MICROSECONDS, WEEKDAYS } from "./event.ts";

/** The event in full as `systemd-analyze calendar` prints it. Follows calendar_spec_to_string(), systemd 257 to 262. */
export function normalForm(event: CalendarEvent): string {
  const { weekdays, year, month, day, fromMonthEnd, hour, minute, microsecond } = event;
  const days = weekdays === 0 ? "" : `${weekdayList(weekdays)} `;
  const date = `${list(year, 4)}-${list(month, 2)}${fromMonthEnd ? "~" : "-"}${list(day, 2)}`;
  return `${days}${date} ${list(hour, 2)}:${list(minute, 2)}:${seconds(microsecond)}${zoneSuffix(event)}`;
}

function zoneSuffix({ zone }: CalendarEvent): string {
  switch (zone.kind) {
    case "local":
      return "";
    case "utc":
      return " UTC";
    case "named":
      return ` ${zone.name}`;
    case "abbreviation":
      return ` ${zone.name.toUpperCase()}`;
  }
}

/** Follows format_weekdays(): three and more in a row become a range. */
function weekdayList(bits: number): string {
  const runs: string[] = [];
  for (let from = 0; from < WEEKDAYS.length; from++) {
    if (!(bits & (1 << from))) continue;
    let to = from;
    while (bits & (1 << (to + 1))) to++;
    runs.push(WEEKDAYS[from] + (to === from ? "" : `${to > from + 1 ? ".." : ","}${WEEKDAYS[to]}`));
    from = to;
  }
  return runs.join(",");
}

const list = (chain: Chain, digits: number): string =>
  chain.length === 0 ? "*" : chain.map((it) => element(it, digits, 1)).join(",");

const seconds = (chain: Chain): string =>
  chain.some(({ start, stop, repeat }) => start === 0 && stop === undefined && repeat === MICROSECONDS)
    ? "*"
    : chain.map((it) => element(it, 2, MICROSECONDS)).join(",");

function element({ start, stop, repeat }: Component, digits: number, unit: number): string {
  const range = stop === undefined ? "" : `..${number(stop, digits, unit)}`;
  const step = repeat === 0 || (stop !== undefined && repeat === unit) ? "" : `/${number(repeat, 1, unit)}`;
  return number(start, digits, unit) + range + step;
}

function number(value: number, digits: number, unit: number): string {
  const whole = String(Math.floor(value / unit)).padStart(digits, "0");
  const fraction = value % unit;
  return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(6, "0")}`;
}
