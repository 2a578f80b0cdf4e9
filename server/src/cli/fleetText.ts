import type { FleetSummary } from "../hardening/fleet.ts";
import { formatExposure } from "../security/exposure.ts";
import { largest } from "../text/extremes.ts";
import { onOneLine } from "../text/printable.ts";
import type { TableLayout } from "./checkTable.ts";
import { exposureColour } from "./exposureColour.ts";
import { hanging } from "./wrapping.ts";

/** The longest bar of the histogram. */
const BAR = 40;

/** The summary of many services for a person. */
export function fleetText(
  { services, refused, levels, worst, sample, missing, basic }: FleetSummary,
  { paint, width }: TableLayout,
): string {
  const most = largest(
    levels.map((it) => it.services),
    1,
  );
  const bars = levels.map((it) => {
    const bar = "#".repeat(Math.ceil((it.services / most) * BAR));
    return `  ${it.level.padEnd(9)} ${String(it.services).padStart(6)}  ${paint(bar, exposureColour(it.from))}`.trimEnd();
  });
  const not = refused === 0 ? "" : `, ${refused} refused by systemd`;
  const taken = sample === undefined ? "" : `, of ${sample} services taken evenly`;
  const rows = [
    `Exposure of ${services} services${not}`,
    ...bars,
    "Most exposed",
    ...worst.map(
      ({ path, exposure }) =>
        `  ${paint(formatExposure(exposure).padStart(4), exposureColour(exposure))} ${onOneLine(path)}`,
    ),
    ...(missing.length > 0 ? [`Most often missing of the basic profile${taken}`] : []),
    ...missing.map((it) => `  ${String(it.services).padStart(6)}  ${it.setting}=`),
  ];
  if (basic) {
    const { changes, before, after } = basic;
    const median = `the median exposure from ${formatExposure(before)} to ${formatExposure(after)}`;
    rows.push(
      `unit-warden harden would add what is safe to ${changes} of ${sample === undefined ? "them" : `these ${sample}`}, and bring ${median}`,
    );
  }
  return rows.map((it) => `${hanging(it, width, 4)}\n`).join("");
}
