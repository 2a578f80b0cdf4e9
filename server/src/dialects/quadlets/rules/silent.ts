import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Rule } from "../../../findings/rule.ts";
import { mergedDirectives, type Unit } from "../../../units/unit.ts";
import { parseTimeSpan } from "../../../values/timeSpan.ts";
import { generatedOf, generatedService, isInOwnFile } from "./generated.ts";

/** The settings of [Service] of which the generator writes its own, and the last one counts. */
const ITS_OWN = ["Type", "NotifyAccess", "Delegate", "PIDFile", "Restart", "KillMode"];

const overwritten: Rule = {
  code: "quadlet/overwritten",
  *check(unit) {
    const lines = generatedService(unit)?.sections.find(({ name }) => name === "Service")?.lines ?? [];
    for (const name of ITS_OWN) {
      const last = mergedDirectives(unit, "Service").get(name)?.at(-1);
      const written = lines.findLast(({ key }) => key === name);
      if (!last || !written || written.copied || sameValue(written.value, last.text)) continue;
      if (!ownLine(unit, last.keySpan.start, name)) continue;
      const message = `${name}= has no effect: podman writes ${name}=${written.value} itself`;
      yield { ...last.valueSpan, severity: "warning", message, directive: name, tag: "unnecessary" };
    }
  },
};

const YES = /^(?:1|yes|y|true|t|on)$/i;
const sameValue = (a: string, b: string): boolean => a === b || (YES.test(a) && YES.test(b));

/** Whether a line stands in the file that is judged. */
export const ownLine = (unit: Unit, start: number, name: string): boolean =>
  (unit.judged ?? unit.file).nodes.some(
    (it) => it.kind === "assignment" && it.key === name && it.keySpan.start === start,
  );

/** The time that podman gives a container to end, where StopTimeout= says nothing. */
const STOP_SECONDS = 10;

const stopTimeout: Rule = {
  code: "quadlet/stop-timeout",
  *check(unit) {
    if (unit.path.kind !== "container") return;
    const service = mergedDirectives(unit, "Service");
    const last = ["TimeoutStopSec", "TimeoutSec"].map((it) => service.get(it)?.at(-1)).find((it) => it !== undefined);
    const limit = last && spanSeconds(last.text);
    const stop = mergedDirectives(unit, "Container").get("StopTimeout")?.at(-1)?.text;
    const wanted = stop === undefined || stop === "" ? STOP_SECONDS : /^\d+$/.test(stop) ? Number(stop) : undefined;
    // Of 0 systemd waits for ever.
    if (!last || limit === undefined || wanted === undefined || limit === 0 || limit >= wanted) return;
    if (!ownLine(unit, last.keySpan.start, last.key)) return;
    const message = `${last.key}= is shorter than the ${wanted} s that podman gives the container to end: systemd kills podman first, and the container stays`;
    yield { ...last.valueSpan, severity: "warning", message, directive: last.key };
  },
};

/** A time span in seconds; undefined where it is none. */
export function spanSeconds(text: string): number | undefined {
  const span = parseTimeSpan(text, "s");
  if ("error" in span) return undefined;
  return span.nanoseconds === "infinity" ? Number.POSITIVE_INFINITY : Number(span.nanoseconds) / 1e9;
}

const droppedLine: Rule = {
  code: "quadlet/dropped-line",
  *check(unit) {
    for (const it of generatedOf(unit)?.remarks ?? []) {
      if (!isInOwnFile(unit, it)) continue;
      const { start, end, reason, about } = it;
      if (reason === "bad-escape")
        yield {
          start,
          end,
          severity: "warning",
          message: `${about} is no escape: podman takes nothing of the whole line`,
        };
      if (reason === "open-quote")
        yield {
          start,
          end,
          severity: "warning",
          message: "This quote does not end: podman takes nothing of the whole line",
        };
      if (reason === "no-equals")
        yield {
          start,
          end,
          severity: "warning",
          message: `${about} has no =: before podman 5.6 it counts for nothing`,
        };
    }
  },
};

/** Follows the warning of ConvertContainer() and the other converters, podman 5.6 on. */
const serviceUser: Rule = {
  code: "quadlet/service-user",
  *check(unit) {
    for (const it of generatedOf(unit)?.remarks ?? []) {
      if (it.reason !== "service-user" || !isInOwnFile(unit, it)) continue;
      const message = `${it.about}= in [Service] is not supported by podman, which warns of it: it changes who runs podman; User= of [Container] says who runs in the container`;
      yield { start: it.start, end: it.end, severity: "warning", message, directive: it.about };
    }
  },
};

/** What podman's generator does silently, or says in the journal alone. */
export const QUADLET_SILENT_RULES: readonly Rule[] = alsoInDropIns([
  overwritten,
  stopTimeout,
  droppedLine,
  serviceUser,
]);
