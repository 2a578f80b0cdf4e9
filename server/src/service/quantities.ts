import type { DirectiveName } from "../catalog/catalog.ts";
import type { SectionName } from "../catalog/sections.ts";
import { settingsIn } from "../units/settingsReader.ts";
import type { Unit } from "../units/unit.ts";
import { parseSize } from "../values/size.ts";
import { parseTimeSpan } from "../values/timeSpan.ts";

/** A time span in seconds, as the last line that systemd accepts says it. */
export function secondsOf(unit: Unit, section: SectionName, name: DirectiveName): number | undefined {
  const text = settingsIn(unit, section).last(name)?.text;
  const span = text === undefined ? undefined : parseTimeSpan(text, "s");
  if (!span || "error" in span) return undefined;
  return span.nanoseconds === "infinity" ? Number.POSITIVE_INFINITY : Number(span.nanoseconds) / 1e9;
}

/** A size in bytes; of a pair such as that of LimitNOFILE= the soft one, undefined for a share such as 50%. */
export function bytesOf(unit: Unit, section: SectionName, name: DirectiveName): number | undefined {
  const [soft = ""] = settingsIn(unit, section).last(name)?.text.split(":") ?? [];
  if (soft === "infinity") return Number.POSITIVE_INFINITY;
  const read = /^\d/.test(soft) && !soft.endsWith("%") ? parseSize(soft, 1024) : undefined;
  return read === undefined || "error" in read ? undefined : Number(read.bytes);
}
