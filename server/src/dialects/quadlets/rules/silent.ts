import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Rule } from "../../../findings/rule.ts";
import { mergedDirectives, type Unit } from "../../../units/unit.ts";
import { parseTimeSpan } from "../../../values/timeSpan.ts";
import { generatedOf, generatedService, isInOwnFile } from "./generated.ts";

const PAGE = "podman-systemd.unit(5)";
const IMAGE = "[Container]\nImage=quay.io/a/b:1\n";

/** The settings of [Service] of which the generator writes its own, and the last one counts. */
const ITS_OWN = ["Type", "NotifyAccess", "Delegate", "PIDFile", "Restart", "KillMode"];

const overwritten: Rule = {
  code: "quadlet/overwritten",
  title: "Setting of [Service] that podman overwrites",
  why: "Podman's generator writes some settings of the service itself, in the place of those in the file or after them, and says nothing of it.",
  page: PAGE,
  bad: { path: "x.container", text: `${IMAGE}[Service]\nDelegate=no\n` },
  good: { path: "x.container", text: `${IMAGE}[Service]\nDelegate=yes\n` },
  silent: [
    { path: "x.container", text: `${IMAGE}[Service]\nType=oneshot\nNotifyAccess=main\n` },
    { path: "x.pod", text: "[Pod]\n[Service]\nRestart=always\n" },
  ],
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
  title: "TimeoutStopSec= shorter than StopTimeout=",
  why: "When the service stops, podman waits StopTimeout= seconds (10 by default) before it kills the container. If systemd loses patience before, it kills podman instead, and the container stays behind.",
  page: PAGE,
  bad: { path: "x.container", text: `${IMAGE}StopTimeout=60\n[Service]\nTimeoutStopSec=30\n` },
  good: { path: "x.container", text: `${IMAGE}StopTimeout=60\n[Service]\nTimeoutStopSec=90\n` },
  silent: [{ path: "x.container", text: `${IMAGE}[Service]\nTimeoutStopSec=0\n` }],
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
  title: "Line of which podman takes nothing",
  why: "A backslash that begins no escape, or in some keys a quote that does not end, makes the generator leave out all words of the line. Since 5.5 it says so without naming the file, before not at all.",
  page: PAGE,
  bad: { path: "x.container", text: `${IMAGE}PodmanArgs=--log-opt tag=\\d --init\n` },
  good: { path: "x.container", text: `${IMAGE}PodmanArgs=--log-opt tag=\\\\d --init\n` },
  silent: [{ path: "x.container", text: `${IMAGE}HealthCmd=grep \\d /x\n` }],
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
  title: "User of the service instead of the container",
  why: "User=, Group= and DynamicUser= in [Service] change who runs podman, not who runs in the container; podman keeps its images and containers for the user whose manager reads the quadlet, and supports no other. Its generator warns of it since 5.6.",
  page: PAGE,
  bad: { path: "x.container", text: `${IMAGE}[Service]\nUser=web\n` },
  good: { path: "x.container", text: `${IMAGE}User=1000\n` },
  silent: [{ path: "x.container", podman: 5.5, text: `${IMAGE}[Service]\nGroup=web\n` }],
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
