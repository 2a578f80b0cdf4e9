import { insertIntoSection } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import { ownHeader } from "../../../findings/findingPlace.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Found, Rule, UnitContext } from "../../../findings/rule.ts";
import { losesItsData } from "../../../service/dataPlaces.ts";
import { firstOpenPort } from "../../../service/openPorts.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { splitWords } from "../../../syntax/words.ts";
import { findUnit, referencesTo } from "../../../units/index/lookup.ts";
import { mergedDirectives, ownFile, type Unit } from "../../../units/unit.ts";
import { generatedService } from "./generated.ts";

const lowPort: Rule = {
  code: "quadlet/low-port",
  *check(unit): Iterable<Found> {
    if (unit.path.scope !== "user") return;
    const first = firstOpenPort(unit) ?? PRIVILEGED;
    const lines = (["Container", "Pod", "Kube"] as const).flatMap(
      (it) => mergedDirectives(unit, it).get("PublishPort") ?? [],
    );
    for (const { text, key, valueSpan, start } of lines) {
      const port = Number(HOST_PORT.exec(text)?.[1] ?? first);
      if (port >= first || !ownLine(unit, { start })) continue;
      const newText = text.replace(HOST_PORT, (it) => it.replace(String(port), String(port + USUAL_STEP)));
      yield {
        ...valueSpan,
        severity: "warning",
        message: `${key}=${text} opens port ${port}, but the user of a rootless container may not listen below port ${first}: the start fails`,
        directive: key,
        fixes: [{ title: `Change to ${newText}`, safe: false, edits: () => [{ ...valueSpan, newText }] }],
      };
    }
  },
};

/** What the kernel keeps for root, unless the machine says otherwise. */
const PRIVILEGED = 1024;
/** From 80 to 8080, as people do. */
const USUAL_STEP = 8000;
/** The port of the host, before that of the container. */
const HOST_PORT = /(?<=^|:)(\d{1,5})(?:-\d{1,5})?(?=:\d{1,5}(?:-\d{1,5})?(?:\/\w+)?$)/;

const noInstall: Rule = {
  code: "quadlet/no-install",
  *check(unit, context): Iterable<Found> {
    const { kind, role, name } = unit.path;
    if (!STARTED.has(kind) || role !== "unit" || !context || name === undefined || name.includes("@")) return;
    if (!QUADLETS.test(context.path) || mergedDirectives(unit, "Install").size > 0) return;
    if (mergedDirectives(unit, "Container").has("Pod") || isStartedByOthers(context, name)) return;
    const target = unit.path.scope === "user" ? "default.target" : "multi-user.target";
    yield {
      ...ownHeader(unit),
      severity: "info",
      message: `${name} has no [Install] section and no unit names it: nothing starts it at boot, and systemctl enable refuses what podman generates`,
      fixes: [installing(unit, `WantedBy=${target}`)],
    };
  },
};

const installing = (unit: Unit, line: string): Fix => ({
  title: `Add ${line}`,
  safe: false,
  edits: () => [insertIntoSection(unit, "Install", [line])],
});

const STARTED: ReadonlySet<string> = new Set(["container", "pod", "kube"]);
/** Where podman's generator looks. */
const QUADLETS = /(?:^|\/)containers\/systemd\/[^/]+$/;

/** Whether a unit starts what is made of a quadlet: by its name, or as a timer, socket or path of that name. */
function isStartedByOthers({ index, path: near }: UnitContext, name: string): boolean {
  const stem = name.slice(0, name.lastIndexOf("."));
  const made = [name, `${stem}.service`, `${stem}-pod.service`];
  const isNamed = made.some((it) => referencesTo(index, it, near).some(({ from }) => from !== name));
  return isNamed || ["timer", "socket", "path"].some((it) => findUnit(index, `${stem}.${it}`, near) !== undefined);
}

/** Follows the generator, which always writes --rm. */
const lostData: Rule = {
  code: "quadlet/lost-data",
  *check(unit): Iterable<Found> {
    const image = mergedDirectives(unit, "Container").get("Image")?.at(-1);
    // A pod may have the volumes.
    if (!image || mergedDirectives(unit, "Container").has("Pod") || !ownLine(unit, image)) return;
    const lines = generatedService(unit)?.sections.find(({ name }) => name === "Service")?.lines ?? [];
    const command = lines.findLast(({ key }) => key === "ExecStart")?.value ?? "";
    if (!losesItsData(splitWords(command, "plain").words.map(({ value }) => value))) return;
    yield {
      ...image.valueSpan,
      severity: "warning",
      message:
        "Image= is a database without Volume=: podman removes the container with its data at each stop, and it begins empty",
      directive: "Image",
    };
  },
};

const ownLine = (unit: Unit, { start }: Pick<Assignment, "start">): boolean =>
  ownFile(unit).nodes.some((it) => it.start === start);

/** What keeps a container from starting, has nothing start it, or begins without its data. */
export const QUADLET_START_RULES: readonly Rule[] = [...alsoInDropIns([lowPort]), noInstall, lostData];
