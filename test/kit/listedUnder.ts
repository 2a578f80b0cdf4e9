/** Matches a report of `harden` that lists a line under a heading; both are the sources of regular expressions. */
export const listedUnder = (heading: string, line: string): RegExp =>
  new RegExp(`^# ${heading}.*\\n(?:# {3}.*\\n)*?# {3}${line}`, "m");
