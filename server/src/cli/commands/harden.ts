import { describePodman } from "../../facts/podmanVersions.ts";
import { folderBefore, splitPath } from "../../families/paths.ts";
import { UNIT_FAMILY } from "../../families/unitFiles.ts";
import { nixServiceConfig } from "../../features/nixConfig.ts";
import { type LeftOut, leftOut } from "../../hardening/leftOut.ts";
import type { Sure } from "../../hardening/missingSettings.ts";
import { hardenAsDropIn, hardenUnit } from "../../hardening/profile.ts";
import { containerSection } from "../../hardening/quadlets/profiles/containerPlan.ts";
import { isSafeHeader } from "../../security/effective.ts";
import { assess } from "../../security/exposure.ts";
import { parse } from "../../syntax/parse.ts";
import { applyEdits } from "../../text/span.ts";
import { decodeUtf8, isUtf8Clean } from "../../text/utf8.ts";
import { templateOf } from "../../units/index/target.ts";
import { underPodman } from "../../units/podman.ts";
import { readUnit, type Unit, withLearnt } from "../../units/unit.ts";
import { underManager } from "../../units/unitDefaults.ts";
import { attemptEach } from "../attempts.ts";
import { command, type OptionValues } from "../command.ts";
import { CONFIGURATION_OPTIONS, configurationProblems, configurationsOn } from "../configurations.ts";
import { asConfigured, podmanFor, versionFor } from "../configuredFiles.ts";
import { isContainer } from "../containerFiles.ts";
import { emptyFolders } from "../emptyFolders.ts";
import { findOnly, type InputFile, type InputUnit, isService, outsideOf } from "../files.ts";
import { daemonNames, hardenFor } from "../hardenFor.ts";
import { type HardenedPlan, hardenedJson } from "../hardenJson.ts";
import { hardenReport } from "../hardenReport.ts";
import type { Host } from "../host.ts";
import { hardenHostedFile } from "../hostedHarden.ts";
import { mayHaveServices } from "../hostedServices.ts";
import { withInterpreters } from "../interpreters.ts";
import { anyText, choice, flag, UsageError } from "../option.ts";
import { PODMAN, PROFILES, scopeOf, TARGET } from "../options.ts";
import { ending, type OutputPart } from "../outcome.ts";
import { readInput } from "../readInput.ts";
import { afterWriting, type Made } from "../writes.ts";

const OPTIONS = {
  profile: choice(PROFILES, "basic", "how much to add"),
  likely: flag("also add what is only likely to be safe: nothing speaks against it, and nothing for it"),
  for: anyText("PROGRAM", "print the drop-in that was proven of this daemon of Debian, where there is no unit yet", {
    words: daemonNames,
  }),
  write: flag("change the files; without it the change is printed as a diff for patch -p0"),
  "drop-in": flag("put the settings into NAME.d/hardening.conf next to the file"),
  format: choice(
    ["diff", "nix", "json"],
    "diff",
    "nix prints the sandboxing settings of the hardened service for NixOS, json each setting with its grade and the reason",
  ),
  ...TARGET,
  ...PODMAN,
  ...CONFIGURATION_OPTIONS,
};

type HardenOptions = OptionValues<typeof OPTIONS>;

/** What is to be done to one file. */
interface Plan extends HardenedPlan {
  /** Its text now; undefined where it is new. */
  readonly before: string | undefined;
}

export const hardenCommand = command(
  {
    name: "harden",
    synopsis: ["harden PATH… [option…]", "harden --for PROGRAM [--systemd TARGET]"],
    summary: "adds the settings of a profile that are safe for each service",
    details:
      "It says what may break all the same. Weaker values are raised in place, no line is removed, and a second run changes nothing. In a Nix file, script or the like its services get the settings in that language; a .container file gets the keys of podman that confine its container.",
    options: OPTIONS,
    operands: "files",
  },
  ({ options: asked, operands, given }, { host, terminal }) => {
    if (asked.for !== undefined) {
      const option = given.find((it) => it !== "for" && it !== "systemd");
      const other = option === undefined ? operands[0] : `--${option}`;
      if (other !== undefined) throw new UsageError(`--for takes nothing but --systemd, not ${other}`);
      return hardenFor(asked.for, asked.systemd);
    }
    if (operands.length === 0) throw new UsageError("name a service file or a folder");
    const isNix = asked.format === "nix";
    const isJson = asked.format === "json";
    if (isNix && (asked.write || asked["drop-in"]))
      throw new UsageError("--format nix only prints: no --write, no --drop-in");
    const scope = scopeOf(asked);
    const configurations = configurationsOn(host, asked);
    const refusal = "only service files and .container files can be hardened";
    const { files, problems } = findOnly(mayBeHardened, refusal, host, operands, {
      scope,
      skipLinks: true,
      deadLink: "this link leads to no file, as that of a masked unit does: there is nothing to harden",
    });
    let open = false;
    const refused: string[] = [];
    const considered: InputFile[] = [];
    const work = (found: InputFile): Made<readonly OutputPart[]> | undefined => {
      const isNamed = operands.includes(found.path);
      const configuration = configurations.for(found.path);
      if (configuration?.excluded && !isNamed) {
        considered.push(found);
        return undefined;
      }
      const file = asConfigured(found, configuration);
      const profile = given.includes("profile") ? undefined : PROFILES.find((it) => it === configuration?.profile);
      const systemd = versionFor(asked, given, configuration);
      const podman = podmanFor(asked, given, configuration);
      const options = { ...asked, ...(profile && { profile }), systemd, podman };
      if (!isService(file) && !isContainer(file)) {
        const by = { isNamed, colours: terminal.colours };
        const { made: its, isOpen, hasServices } = hardenHostedFile(host, file, options, by);
        open ||= isOpen;
        if (hasServices) considered.push(file);
        return its;
      }
      // An empty file masks its unit, which is how it is meant.
      if (!isNamed && host.read(file.path).length === 0) return undefined;
      considered.push(file);
      const plan = unlessRefused(file.path, () => planOf(file, options, host), refused);
      if (!plan) return undefined;
      if (isNix && isContainer(file))
        throw new Error("NixOS has no such settings for a container: leave out --format nix");
      if (isNix) return { value: [{ text: nix(plan), as: "exact" }] };
      const isEmpty = plan.settings.length === 0;
      open ||= !isEmpty && !options.write;
      if (isEmpty && !isNamed) return undefined;
      const { path, before, text } = plan;
      const left = (): readonly LeftOut[] => leftOut(plan.hardened, options.profile);
      const value: readonly OutputPart[] = isJson
        ? [{ text: hardenedJson(file.path, plan, left()), as: "json" }]
        : hardenReport({ ...plan, left: left() }, options.write, terminal.colours);
      return { value, write: options.write && !isEmpty ? { path, before, text } : undefined };
    };
    const made = attemptEach(files, problems, work, terminal.progress);
    if (problems.length === 0) problems.push(...emptyFolders(host, operands, considered, "service to harden"));
    problems.push(...configurationProblems(configurations));
    return afterWriting(made, problems, (reports, failed) => {
      const between: readonly OutputPart[] = isNix ? [{ text: "\n", as: "exact" }] : [];
      const parts = reports.flatMap((it, i) => (i === 0 ? it : [...between, ...it]));
      const json = (): string => `{"version":1,"files":[${parts.map((it) => it.text).join(",")}]}\n`;
      const ended = ending(isJson ? [{ text: json(), as: "json" }] : parts, failed, open || refused.length > 0);
      return { ...ended, messages: [...refused, ...ended.messages] };
    });
  },
);

const mayBeHardened = (file: InputFile): file is InputFile => isContainer(file) || mayHaveServices(file);

const sureOf = ({ likely }: HardenOptions): Sure => (likely ? "likely" : "shown");

/** Why a unit that systemd refuses is left as it is; that is a result, and no failure of the command. */
class RefusedUnit extends Error {}

function unlessRefused(path: string, plan: () => Plan, refused: string[]): Plan | undefined {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof RefusedUnit)) throw error;
    refused.push(`${path}: ${error.message}`);
    return undefined;
  }
}

/** Throws where the file has to be left as it is. */
function planOf(file: InputUnit, options: HardenOptions, host: Host): Plan {
  const read = underPodman(readInput(host, file, options.systemd).unit, options.podman);
  const unit = withInterpreters(host, file.path, read);
  if (!isUtf8Clean(unit.file.text))
    throw new Error("this is not valid UTF-8, so systemd refuses it: the file is left as it is");
  if (isContainer(file)) return containerPlan(file, unit, options, host);
  const { loads, messages } = assess(unit);
  if (!loads) throw new RefusedUnit(`there is nothing to harden: ${messages.join("; ")}`);
  if (!options["drop-in"] && options.format !== "nix") demandOwnFile(file, host);
  const plan = options["drop-in"] ? asDropIn(file, unit, options, host) : inPlace(file, unit, options);
  if (!assess(plan.hardened).loads) throw new Error("systemd would refuse the result: the file is left as it is");
  return plan;
}

/** What one instance bears tells nothing of the others, which read the same file. */
function demandOwnFile({ path, unit: { name = "" } }: InputUnit, host: Host): void {
  const template = templateOf(name);
  if (template === name || !host.isLink(path) || splitPath(host.realPath(path)).file !== template) return;
  throw new Error(`this link leads to ${template}, which all of its instances share: name that, or add --drop-in`);
}

/** What systemd would say of the text does not count: it never reads it. */
function containerPlan(file: InputUnit, unit: Unit, options: HardenOptions, host: Host): Plan {
  if (!containerSection(unit)) throw new Error("there is nothing to harden: it has no [Container]");
  if (!options["drop-in"]) return inPlace(file, unit, options);
  if (options.podman < DROP_INS_SINCE)
    throw new Error(`${describePodman(options.podman)} reads no drop-ins of quadlets: leave out --drop-in`);
  return asDropIn(file, unit, options, host);
}

/** The podman that brought drop-ins of quadlets. */
const DROP_INS_SINCE = 5;

function inPlace({ path }: InputUnit, unit: Unit, options: HardenOptions): Plan {
  const { profile, systemd } = options;
  const before = unit.file.text;
  const { edits, settings } = hardenUnit(unit, profile, undefined, sureOf(options));
  const text = applyEdits(before, edits);
  const texts = unit.dropIns.map((it) => it.text);
  const read = underPodman(readUnit(unit.path, text, systemd, texts), unit.podman);
  const hardened = underManager(withLearnt(read, unit.learnt), unit.defaults);
  return { path, before, text, settings, unit, hardened };
}

const DROP_IN = "hardening.conf";

function asDropIn(file: InputUnit, unit: Unit, options: HardenOptions, host: Host): Plan {
  const { profile, systemd } = options;
  const name = file.unit.name ?? "";
  const beside = folderBefore(file.path);
  const hidden = UNIT_FAMILY.dropIns
    .foldersOf(name)
    .slice(1)
    .find((folder) => host.kind(`${beside}${folder}/${DROP_IN}`) !== undefined);
  if (hidden) throw new Error(`${name}.d/${DROP_IN} would hide ${hidden}/${DROP_IN}: nothing is written`);
  const path = `${beside}${name}.d/${DROP_IN}`;
  const there = [path, `${beside}${name}.d`].find((it) => host.kind(it) !== undefined);
  const far = there === undefined ? undefined : outsideOf(host, beside || ".", there);
  if (far !== undefined) throw new Error(`${path} leads out of the folder, to ${far}: nothing is written`);
  const before = host.kind(path) === undefined ? undefined : decodeUtf8(host.read(path));
  if (before !== undefined && !isReadToItsEnd(before, systemd))
    throw new Error(`systemd does not read ${path} to its end: it is left as it is`);
  const { text, settings } = hardenAsDropIn(unit, profile, before, undefined, sureOf(options));
  const texts = unit.dropIns.map((it) => it.text);
  const at = before === undefined ? -1 : texts.indexOf(before);
  const others = at < 0 ? texts : texts.toSpliced(at, 1);
  const read = underPodman(readUnit(unit.path, unit.file.text, systemd, [...others, text]), unit.podman);
  const changed = withLearnt(read, unit.learnt);
  const hardened = underManager(changed, unit.defaults);
  return { path, before, text, settings, unit, hardened };
}

/** Whether what is appended to a text counts. */
function isReadToItsEnd(text: string, version: number): boolean {
  const { clean, tooLong, sections } = parse(text);
  return clean && !tooLong && sections.every(({ header }) => isSafeHeader(header, version));
}

function nix({ unit, hardened }: Plan): string {
  return nixServiceConfig(hardened) ?? `# ${unit.path.name ?? "the service"} has no sandboxing settings\n`;
}
