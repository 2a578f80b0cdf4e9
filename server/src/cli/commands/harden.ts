import { nixServiceConfig } from "../../features/nixConfig.ts";
import { type LeftOut, leftOut } from "../../hardening/leftOut.ts";
import { openQuestions } from "../../hardening/openQuestions.ts";
import { statementTexts } from "../../needs/questions.ts";
import { append, prepend } from "../../text/append.ts";
import type { Unit } from "../../units/unit.ts";
import { askNeeds } from "../askNeeds.ts";
import { attemptEach } from "../attempts.ts";
import { command, type Workplace } from "../command.ts";
import { CONFIGURATION_OPTIONS, configurationProblems, configurationsOn } from "../configurations.ts";
import { asConfigured, podmanFor, versionFor } from "../configuredFiles.ts";
import { isContainer } from "../containerFiles.ts";
import type { Dialogue } from "../dialogue.ts";
import { emptyFolders } from "../emptyFolders.ts";
import { findOnly, type InputFile, isService } from "../files.ts";
import { unreadDropIns } from "../gathering.ts";
import { daemonNames, hardenFor } from "../hardenFor.ts";
import { hardenedJson } from "../hardenJson.ts";
import { type HardenPlan, hardenPlan, RefusedUnit } from "../hardenPlan.ts";
import { type HardenLayout, hardenReport } from "../hardenReport.ts";
import { hardenHostedFile } from "../hostedHarden.ts";
import { mayHaveServices } from "../hostedServices.ts";
import { ifLoaded } from "../loadedUnit.ts";
import { demandTree } from "../namedFile.ts";
import { NAME_HELP, namedPaths } from "../names.ts";
import { anyText, choice, flag, UsageError } from "../option.ts";
import { PODMAN, PROFILES, ROOT, scopeOf, TARGET } from "../options.ts";
import { type Ending, ending, type OutputPart } from "../outcome.ts";
import { IN_PLACE, nextSteps } from "../vendorFiles.ts";
import { afterWriting, type FileResult, type Unwritten } from "../writes.ts";

const OPTIONS = {
  profile: choice(PROFILES, "basic", "how much to add"),
  likely: flag("also add what is only likely to be safe: nothing speaks against it, and nothing for it"),
  ask: flag(
    "ask on the terminal what the service needs, add what the answers allow, of the profile strict where none is named, and state them as comments",
  ),
  for: anyText("PROGRAM", "print the drop-in that was proven of this daemon of Debian, where there is no unit yet", {
    words: daemonNames,
  }),
  write: flag("change the files; without it the change is printed as a diff for patch -p0"),
  "drop-in": flag(
    "put the settings into NAME.d/hardening.conf next to the file; of a package's file they always go into that of /etc",
  ),
  ...IN_PLACE,
  format: choice(
    ["diff", "nix", "json"],
    "diff",
    "nix prints the sandboxing settings of the hardened service for NixOS, json each setting with its grade and the reason",
  ),
  ...ROOT,
  ...TARGET,
  ...PODMAN,
  ...CONFIGURATION_OPTIONS,
};

export const hardenCommand = command(
  {
    name: "harden",
    synopsis: [
      "harden PATH|NAME… [option…]",
      "harden --ask PATH|NAME [option…]",
      "harden --for PROGRAM [--systemd TARGET]",
    ],
    summary: "adds the settings of a profile that are safe for each service",
    details: [
      "It says what may break all the same. Weaker values are raised in place, no line is removed, and a second run changes nothing. In a Nix file, script or the like its services get the settings in that language; a .container file gets the keys of podman that confine its container.",
      NAME_HELP,
    ].join(" "),
    options: OPTIONS,
    operands: "units",
  },
  (call, place) => {
    const { ask, for: program } = call.options;
    return ask && program === undefined ? dialogue(call, place) : harden(call, place);
  },
);

type HardenCall = Parameters<Parameters<typeof command<typeof OPTIONS>>[1]>[0];

/** Asks about the one service that is named, and hardens it with the answers. */
function dialogue(call: HardenCall, place: Workplace): Dialogue {
  const seen: Seen[] = [];
  const first = harden(call, place, { see: (it) => seen.push(it) });
  return {
    talk: async (asker) => {
      const [only, ...others] = seen;
      if (!only) return first;
      if (others.length > 0) throw new UsageError(`--ask takes one service, not ${seen.length}`);
      const answers = await askNeeds(only.unit, only.profile, asker);
      return harden(call, place, { statements: statementTexts(answers) });
    },
  };
}

/** A service that is to be asked about, under the profile that counts for it. */
interface Seen {
  readonly unit: Unit;
  readonly profile: (typeof PROFILES)[number];
}

/** What is known from asking, or is to be known for it. */
interface Asking {
  readonly statements?: readonly string[];
  readonly see?: (seen: Seen) => void;
}

function harden(
  { options, operands: written, given }: HardenCall,
  { host, terminal }: Workplace,
  { statements = [], see }: Asking = {},
): Ending | Unwritten {
  const chosen = options.ask && !given.includes("profile") ? { ...options, profile: "strict" as const } : options;
  if (chosen.for !== undefined) {
    const option = given.find((it) => it !== "for" && it !== "systemd");
    const other = option === undefined ? written[0] : `--${option}`;
    if (other !== undefined) throw new UsageError(`--for takes nothing but --systemd, not ${other}`);
    return hardenFor(chosen.for, chosen.systemd);
  }
  if (written.length === 0) throw new UsageError("name a service file or a folder");
  const isNix = chosen.format === "nix";
  const isJson = chosen.format === "json";
  if (isNix && (chosen.write || chosen["drop-in"]))
    throw new UsageError("--format nix only prints: no --write, no --drop-in");
  if (chosen["drop-in"] && chosen["in-place"]) throw new UsageError("--drop-in and --in-place exclude each other");
  const scope = scopeOf(chosen);
  const { root } = chosen;
  demandTree(host, root);
  const instances = chosen["drop-in"];
  const { paths: operands, problems: unnamed } = namedPaths(host, written, { root, scope, instances });
  const configurations = configurationsOn(host, chosen);
  const refusal = "only service files and .container files can be hardened";
  const { files, problems } = findOnly(mayBeHardened, refusal, host, operands, {
    scope,
    instances,
    skipLinks: true,
    deadLink: "this link leads to no file, as that of a masked unit does: there is nothing to harden",
  });
  prepend(problems, unnamed);
  let open = false;
  const refused: string[] = [];
  const considered: InputFile[] = [];
  const layout: HardenLayout = {
    terminal,
    isWritten: chosen.write,
    reported: new Set(),
    ...(chosen.ask && { isBrief: true }),
  };
  const work = (found: InputFile): FileResult<readonly OutputPart[]> | undefined => {
    const isNamed = operands.includes(found.path);
    const configuration = configurations.for(found.path);
    if (configuration?.excluded && !isNamed) {
      considered.push(found);
      return undefined;
    }
    const file = asConfigured(found, configuration);
    const profile = given.includes("profile") ? undefined : PROFILES.find((it) => it === configuration?.profile);
    const systemd = versionFor(chosen, given, configuration);
    const podman = podmanFor(chosen, given, configuration);
    const options = { ...chosen, ...(profile && { profile }), systemd, podman, statements };
    if (!isService(file) && !isContainer(file)) {
      const by = { isNamed, layout };
      const { made: output, isOpen, hasServices } = hardenHostedFile(host, file, options, by);
      open ||= isOpen;
      if (hasServices) considered.push(file);
      return output;
    }
    // An empty file masks its unit, which is how it is meant.
    if (!isNamed && host.read(file.path).length === 0) return undefined;
    considered.push(file);
    const planned = (): HardenPlan | undefined => ifLoaded(isNamed, () => hardenPlan(file, options, host));
    const plan = unlessRefused(file.path, planned, refused);
    if (!plan) return undefined;
    if (isService(file)) see?.({ unit: plan.unit, profile: options.profile });
    if (isNix && isContainer(file))
      throw new Error("NixOS has no such settings for a container: leave out --format nix");
    if (isNix) return { value: [{ text: nix(plan), as: "exact" }] };
    const isEmpty = plan.settings.length === 0 && statements.length === 0;
    open ||= !isEmpty && !options.write;
    if (isEmpty && !isNamed) return undefined;
    const { path, before, text } = plan;
    const questions = (): number => [...openQuestions(plan.hardened, options.profile)].length;
    const remainder = (): readonly LeftOut[] => leftOut(plan.hardened, options.profile);
    const value: readonly OutputPart[] = isJson
      ? [
          {
            text: hardenedJson(
              file.path,
              plan,
              remainder(),
              isNamed ? openQuestions(plan.hardened, options.profile) : [],
            ),
            as: "json",
          },
        ]
      : hardenReport({ ...plan, leftOut: remainder(), questions: isNamed && !chosen.ask ? questions() : 0 }, layout);
    return { value, write: options.write && !isEmpty ? { path, before, text } : undefined };
  };
  const made = attemptEach(files, problems, work, terminal.progress);
  if (problems.length === 0) append(problems, emptyFolders(host, operands, considered, "service to harden"));
  append(problems, unreadDropIns(host));
  append(problems, configurationProblems(configurations));
  const end = (reports: readonly (readonly OutputPart[])[], failed: readonly string[]): Ending => {
    const between: readonly OutputPart[] = isNix ? [{ text: "\n", as: "exact" }] : [];
    const parts = reports.flatMap((it, i) => (i === 0 ? it : [...between, ...it]));
    const json = (): string => `{"version":1,"files":[${parts.map((it) => it.text).join(",")}]}\n`;
    const ended = ending(isJson ? [{ text: json(), as: "json" }] : parts, failed, open || refused.length > 0);
    return { ...ended, messages: [...refused, ...ended.messages] };
  };
  return afterWriting(made, problems, end, { next: (paths) => nextSteps(host, paths) });
}

const mayBeHardened = (file: InputFile): file is InputFile => isContainer(file) || mayHaveServices(file);

function unlessRefused(path: string, plan: () => HardenPlan | undefined, refused: string[]): HardenPlan | undefined {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof RefusedUnit)) throw error;
    refused.push(`${path}: ${error.message}`);
    return undefined;
  }
}

function nix({ unit, hardened }: HardenPlan): string {
  return nixServiceConfig(hardened) ?? `# ${unit.path.name ?? "the service"} has no sandboxing settings\n`;
}
