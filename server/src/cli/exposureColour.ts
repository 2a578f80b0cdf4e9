export const RED = "31";
export const GREEN = "32";
export const YELLOW = "33";

/** The colour that systemd gives an exposure in tenths. */
export function exposureColour(exposure: number): string | undefined {
  if (exposure >= 90) return RED;
  if (exposure >= 75) return YELLOW;
  return exposure >= 50 ? undefined : GREEN;
}
