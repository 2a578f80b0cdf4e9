import type { PodmanVersion } from "../../facts/podmanVersions.ts";
import { checkedPath, isConfigPath, isQuadletPath } from "../../families/checkedPath.ts";
import { quadletPath } from "../../families/quadletFiles/quadletPath.ts";
import { unitPath } from "../../families/unitFiles/unitPath.ts";
import { type EffectiveUnit, effectiveUnit } from "../../features/effective.ts";
import { shownConfig } from "../../features/effectiveConfig.ts";
import { effectiveParts, effectiveQuadlet } from "../../features/effectiveQuadlet.ts";
import { annotatedText } from "../../features/effectiveText.ts";
import { append } from "../../text/append.ts";
import { unitOfGathered } from "../../units/index/gather.ts";
import { forOwnManager } from "../../units/ownManager.ts";
import { readUnit, withKnowledge } from "../../units/readUnit.ts";
import type { WantedScope } from "../../units/scope.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { attemptEach } from "../attempts.ts";
import { command, type OptionValues } from "../command.ts";
import { CONFIGURATION_OPTIONS, configurationProblems, configurationsOn } from "../configurations.ts";
import { podmanFor, versionFor } from "../configuredFiles.ts";
import { quadletsOver, unreadDropIns } from "../gathering.ts";
import type { Host } from "../host.ts";
import { loadOf } from "../loadedUnit.ts";
import { demandTree } from "../namedFile.ts";
import { NAME_HELP, namedPaths } from "../names.ts";
import { whyNoUnit } from "../notUnits.ts";
import { choice, UsageError } from "../option.ts";
import { ALSO_PODMAN, PODMAN, ROOT, scopeOf, TARGET } from "../options.ts";
import { ending, type OutputPart } from "../outcome.ts";
import { podmanChanges, type UnderPodman } from "../podmanChanges.ts";
import { lineTableOf } from "../readInput.ts";
import { lineWidth } from "../terminal.ts";
import { unitText } from "../unitText.ts";
import { hangingComments } from "../wrapping.ts";

const OPTIONS = {
  ...ROOT,
  format: choice(["text", "json"], "text", "how to print"),
  ...TARGET,
  ...PODMAN,
  ...ALSO_PODMAN,
  ...CONFIGURATION_OPTIONS,
};

export const showCommand = command(
  {
    name: "show",
    synopsis: ["show PATH|NAME… [option…]"],
    summary: "prints the effective unit: its file and its drop-ins merged",
    details: `Each line names the place that it comes from. Of a quadlet it prints the service that podman makes. A line that is overridden, reset or ignored is a comment with the reason, and so is what other settings imply. An instance of a template needs no file of its own. Of a configuration such as journald.conf it prints all files one after the other, each below its path.\n\nWith --also it prints instead what changes with another podman: "show web.container --podman 5.4 --also 6.0".\n\n${NAME_HELP}`,
    options: OPTIONS,
    operands: "units",
  },
  ({ options, operands: written, given }, { host, terminal }) => {
    if (written.length === 0) throw new UsageError("name a unit file or a drop-in");
    demandTree(host, options.root);
    const scope = scopeOf(options);
    const { root } = options;
    const { paths: operands, problems: unnamed } = namedPaths(host, written, { root, scope, instances: true });
    const problems: string[] = [...unnamed];
    const width = lineWidth(terminal);
    const configurations = configurationsOn(host, options);
    const shown = attemptEach(operands, problems, (path): readonly Shown[] => {
      const config = readConfig(path, options, host);
      if (config) return [config];
      const configuration = configurations.for(path);
      const systemd = versionFor(options, given, configuration);
      const podman = podmanFor(options, given, configuration);
      const whose = scope ?? { wanted: configuration?.scope ?? "auto" };
      const under = (version: PodmanVersion): UnderPodman[] => {
        const ownOptions = { ...options, systemd, podman: version };
        const units = readParts(path, ownOptions, whose, host) ?? [read(path, ownOptions, whose, host)];
        return units.map((unit) => ({ podman: version, unit }));
      };
      const own = under(podman);
      if (options.also.length > 0 && own.some((it) => it.unit.by === undefined))
        throw new Error("--also compares what versions of podman make of a quadlet, and this is none");
      const also = options.also.map(under);
      return own.map((it, at) => ({ kind: "unit", own: it, also: also.flatMap((units) => units[at] ?? []) }));
    }).flat();
    append(problems, unreadDropIns(host));
    append(problems, configurationProblems(configurations));
    const stdout: OutputPart =
      options.format === "json"
        ? { text: showJson(shown), as: "json" }
        : {
            text: shown
              .map((it) => {
                if (it.kind === "config") return it.text;
                const { own, also } = it;
                return also.length === 0
                  ? hangingComments(annotatedText(own.unit, width), width)
                  : podmanChanges(own, also, terminal.colours);
              })
              .join("\n"),
            as: "report",
          };
    return ending(
      [stdout],
      problems,
      shown.some((it) => it.kind === "unit" && [it.own, ...it.also].some(({ unit }) => unit.messages.length > 0)),
    );
  },
);

function read(
  path: string,
  { root, systemd, podman }: OptionValues<typeof OPTIONS>,
  scope: "system" | "user" | { readonly wanted: WantedScope },
  host: Host,
): EffectiveUnit {
  const isThere = host.kind(path) === "file" || host.linkTarget(path) !== undefined;
  // An instance needs no file of its own.
  if (!isThere && !parseUnitName(unitPath(path)?.name ?? "")?.instance) throw new Error("there is no such file");
  const why = whyNoUnit(host, path);
  if (why !== undefined) throw new Error(why);
  const gathered = loadOf(host, path, { root })?.gathered;
  if (!isThere && !gathered?.fragment) throw new Error("there is no such file, and no template of it");
  if (!gathered) throw new Error("this is no file of a single unit");
  if (gathered.masked) throw new Error(`${gathered.id} is masked: systemd reads none of its files`);
  const isOpen = typeof scope === "object";
  const found = unitOfGathered(
    isOpen ? gathered : { ...gathered, scope },
    systemd,
    lineTableOf(gathered.fragment?.text ?? ""),
  );
  const unit = found && isOpen ? forOwnManager(found, host.absolute(path), scope.wanted) : found;
  if (!unit || !gathered.fragment) throw new Error(`there is no unit file of ${gathered.id} to be seen`);
  const files = [gathered.fragment, ...gathered.dropIns].map((it) => it.path);
  if (!isQuadletPath(unit.path)) return effectiveUnit(unit, files);
  const shown = effectiveQuadlet(
    withKnowledge(unit, { podman }),
    files,
    quadletsOver(host, host.absolute(gathered.fragment.path)),
  );
  if (!shown) throw new Error("this is no file of a single unit");
  return shown;
}

/** What podman makes of the parts of a `.quadlets` file; undefined of any other file. */
function readParts(
  path: string,
  { systemd, podman }: OptionValues<typeof OPTIONS>,
  scope: "system" | "user" | { readonly wanted: WantedScope },
  host: Host,
): readonly EffectiveUnit[] | undefined {
  const quadlet = quadletPath(path);
  if (quadlet?.kind !== "quadlets" || host.kind(path) !== "file") return undefined;
  const wanted = typeof scope === "string" ? scope : scope.wanted;
  const scoped = wanted === "auto" ? quadlet : { ...quadlet, scope: wanted };
  const whole = readUnit(scoped, unitText(host, path), systemd, { podman });
  const shown = effectiveParts(whole, path, quadletsOver(host, host.absolute(path)));
  if (shown?.length === 0) throw new Error("there is no quadlet in this file");
  return shown;
}

interface ShownUnit {
  readonly kind: "unit";
  readonly own: UnderPodman;
  readonly also: readonly UnderPodman[];
}

/** A configuration of a program, whose files are shown one after the other. */
interface ShownConfig {
  readonly kind: "config";
  readonly name: string;
  readonly files: readonly string[];
  readonly text: string;
}

type Shown = ShownUnit | ShownConfig;

/** The files of a configuration; undefined of any other file. */
function readConfig(path: string, { root, also }: OptionValues<typeof OPTIONS>, host: Host): ShownConfig | undefined {
  const config = checkedPath(path);
  if (!config || !isConfigPath(config) || also.length > 0) return undefined;
  const gathered = loadOf(host, path, { root })?.gathered;
  const files = gathered ? [...(gathered.fragment ? [gathered.fragment] : []), ...gathered.dropIns] : [];
  if (!gathered || files.length === 0) throw new Error("there is no such file");
  const text = shownConfig(path, gathered) ?? "";
  return { kind: "config", name: gathered.id, files: files.map((it) => it.path), text };
}

function showJson(shown: readonly Shown[]): string {
  const units = shown.map((it) => {
    if (it.kind === "config") return { name: it.name, files: it.files, messages: [], text: it.text };
    const { own, also } = it;
    return {
      ...jsonOf(own.unit),
      ...(also.length === 0
        ? {}
        : {
            podman: own.podman.toFixed(1),
            also: also.map((other) => ({ podman: other.podman.toFixed(1), ...jsonOf(other.unit) })),
          }),
    };
  });
  return `${JSON.stringify({ version: 1, units })}\n`;
}

function jsonOf({ name, files, messages, lines }: EffectiveUnit): object {
  return {
    name,
    files,
    messages,
    settings: lines.map(({ section, directive, value, state, origin, by, reason: why }) => ({
      section,
      directive,
      value,
      state,
      ...(origin ? { file: files[origin.file], line: origin.line } : {}),
      ...(by ? { by: { file: files[by.file], line: by.line } } : {}),
      ...(why === undefined ? {} : { reason: why }),
    })),
  };
}
