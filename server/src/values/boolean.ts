const BOOLEANS = new Map<string, boolean>([
  ...["1", "yes", "y", "true", "t", "on"].map((word) => [word, true] as const),
  ...["0", "no", "n", "false", "f", "off"].map((word) => [word, false] as const),
]);

/** The truth value of a word, undefined where it is none. Follows parse_boolean(), systemd 262: any letter case. */
export function parseBoolean(value: string): boolean | undefined {
  return BOOLEANS.get(value.toLowerCase());
}
