/** How worrying an exposure in tenths is, by systemd's colours; a unit that systemd refuses is as bad as any. */
export function exposureTone(exposure: number | undefined): "bad" | "middling" | "good" {
  if (exposure === undefined || exposure >= 90) return "bad";
  return exposure >= 50 ? "middling" : "good";
}
