import { isQuadletPath } from "../../families/checkedPath.ts";
import { unitPath } from "../../families/unitFiles/unitPath.ts";
import { type EffectiveUnit, effectiveUnit } from "../../features/effective.ts";
import { effectiveQuadlet } from "../../features/effectiveQuadlet.ts";
import { annotatedText } from "../../features/effectiveText.ts";
import { unitOfGathered } from "../../units/index/gather.ts";
import { forItsManager } from "../../units/itsManager.ts";
import { underPodman } from "../../units/podman.ts";
import type { WantedScope } from "../../units/scope.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { command, type OptionValues } from "../command.ts";
import { CONFIGURATION_OPTIONS, configurationProblems, configurationsOn } from "../configurations.ts";
import { podmanFor, versionFor } from "../configuredFiles.ts";
import { attemptEach } from "../files.ts";
import { gatherOver, quadletsOver } from "../gathering.ts";
import type { Host } from "../host.ts";
import { whyNoUnit } from "../notUnits.ts";
import { anyText, choice, UsageError } from "../option.ts";
import { PODMAN, scopeOf, TARGET } from "../options.ts";
import { ending, type OutputPart } from "../outcome.ts";

const OPTIONS = {
  root: anyText("DIR", "read the load path below this folder as well", "folders"),
  format: choice(["text", "json"], "text", "how to print"),
  ...TARGET,
  ...PODMAN,
  ...CONFIGURATION_OPTIONS,
};

export const showCommand = command(
  {
    name: "show",
    synopsis: ["show PATH… [option…]"],
    summary: "prints the effective unit: its file and its drop-ins merged",
    details:
      "Each line names the place that it comes from. Of a quadlet it prints the service that podman makes. A line that is overridden, reset or ignored is a comment with the reason, and so is what other settings imply. An instance of a template needs no file of its own.",
    options: OPTIONS,
    operands: "files",
  },
  ({ options, operands, given }, { host }) => {
    if (operands.length === 0) throw new UsageError("name a unit file or a drop-in");
    const scope = scopeOf(options);
    const problems: string[] = [];
    const configurations = configurationsOn(host, options);
    const shown = attemptEach(operands, problems, (path) => {
      const configuration = configurations.for(path);
      const systemd = versionFor(options, given, configuration);
      const its = { ...options, systemd, podman: podmanFor(options, given, configuration) };
      return read(path, its, scope ?? { wanted: configuration?.scope ?? "auto" }, host);
    });
    problems.push(...configurationProblems(configurations));
    const stdout: OutputPart =
      options.format === "json"
        ? { text: showJson(shown), as: "json" }
        : { text: shown.map(annotatedText).join("\n"), as: "report" };
    return ending(
      [stdout],
      problems,
      shown.some((it) => it.messages.length > 0),
    );
  },
);

function read(
  path: string,
  { root, systemd, podman }: OptionValues<typeof OPTIONS>,
  scope: "system" | "user" | { readonly wanted: WantedScope },
  host: Host,
): EffectiveUnit {
  const here = path.includes("/") ? path : `./${path}`;
  const isThere = host.kind(path) === "file" || host.linkTarget(path) !== undefined;
  // An instance needs no file of its own.
  if (!isThere && !parseUnitName(unitPath(here)?.name ?? "")?.instance) throw new Error("there is no such file");
  const why = whyNoUnit(host, path);
  if (why !== undefined) throw new Error(why);
  const gathered = gatherOver(host, here, root === undefined ? {} : { root });
  if (!isThere && !gathered?.fragment) throw new Error("there is no such file, and no template of it");
  if (!gathered) throw new Error("this is no file of a single unit");
  if (gathered.masked) throw new Error(`${gathered.id} is masked: systemd reads none of its files`);
  const isOpen = typeof scope === "object";
  const found = unitOfGathered(isOpen ? gathered : { ...gathered, scope }, systemd);
  const unit = found && isOpen ? forItsManager(found, host.absolute(path), scope.wanted) : found;
  if (!unit || !gathered.fragment) throw new Error(`there is no unit file of ${gathered.id} to be seen`);
  const files = [gathered.fragment, ...gathered.dropIns].map((it) => it.path);
  if (!isQuadletPath(unit.path)) return effectiveUnit(unit, files);
  const shown = effectiveQuadlet(underPodman(unit, podman), files, quadletsOver(host, gathered.fragment.path));
  if (!shown) throw new Error("this is no file of a single unit");
  return shown;
}

function showJson(units: readonly EffectiveUnit[]): string {
  const shown = units.map(({ name, files, messages, lines }) => ({
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
  }));
  return `${JSON.stringify({ version: 1, units: shown })}\n`;
}
