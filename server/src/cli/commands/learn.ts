import { NEWEST_VERSION } from "../../facts/version.ts";
import { folderBefore } from "../../families/pathParts.ts";
import { decodeUtf8 } from "../../text/utf8.ts";
import { readAnew } from "../../units/readUnit.ts";
import type { Unit } from "../../units/unit.ts";
import { messageOf } from "../attempts.ts";
import { command, type OptionValues, type Workplace } from "../command.ts";
import type { Errand } from "../errand.ts";
import { findOnly, isService, outsideOf } from "../files.ts";
import { LEARN_OPTIONS } from "../learn/learnOptions.ts";
import { isOurs } from "../learn/ownDropIn.ts";
import { observingScript } from "../learn/script.ts";
import { serviceName } from "../learn/service.ts";
import type { LearnRequest } from "../learn/session.ts";
import { namedFile } from "../namedFile.ts";
import { nameOfInstalled } from "../names.ts";
import { UsageError } from "../option.ts";
import { ending } from "../outcome.ts";
import { asUser } from "../places.ts";
import { readInput } from "../readInput.ts";
import { lineWidth } from "../terminal.ts";

/** What observes and derives is loaded when it is needed: other commands do not pay for it. */
export const learnCommand = command(
  {
    name: "learn",
    synopsis: [
      "learn UNIT [option…]",
      "learn start|status|stop UNIT",
      "learn --ssh HOST UNIT [option…]",
      "learn --script UNIT [option…]",
      "learn --script --verify --bundle FILE… [option…]",
      "learn --bundle FILE… [PATH] [option…]",
    ],
    summary: "observes a service of this machine, and derives the tightest settings that it works with",
    details:
      "It restarts the service under strace, exercises, reloads and stops it, and puts it back as it was, whatever happens. It needs root and strace, and asks first.",
    options: LEARN_OPTIONS,
    operands: "units",
  },
  ({ options, operands }, place) => {
    const { terminal, host } = place;
    if (options["dry-run"] && (options.bundle.length > 0 || options.script))
      throw new UsageError("--dry-run is about restarts, which --bundle and --script do not make");
    if (options.user && (options.bundle.length > 0 || options.script || options.with || options.ssh !== undefined))
      throw new UsageError("--user excludes --bundle, --script, --with and --ssh");
    if (options.ssh !== undefined && options.bundle.length > 0)
      throw new UsageError("--ssh and --bundle exclude each other: a bundle is judged here");
    if (options.bundle.length > 0) return fromBundles(options, operands, place);
    if (options.journal !== undefined) throw new UsageError("--journal needs --bundle, with what was learnt before");
    const { ssh } = options;
    // What other names a unit has over there is not known here.
    const unitName = (it: string): string => (ssh === undefined ? nameOfInstalled(host, it) : checkedName(it));
    const [verb, named, ...rest] = operands;
    const target = named === undefined ? undefined : unitName(named);
    const days =
      verb === undefined || target === undefined || rest.length > 0
        ? undefined
        : daysErrand(verb, target, options, place);
    if (days && options.user)
      throw new UsageError("--user is for learn UNIT alone: days are observed of services of the system");
    if (days && ssh !== undefined)
      throw new UsageError(`learn ${verb} runs on the machine of the service: --ssh observes while it is connected`);
    if (days) return days;
    const [word, ...more] = operands;
    if (word === undefined || more.length > 0) throw new UsageError("name one service");
    const unit = unitName(word);
    if (options.script && ssh !== undefined)
      throw new UsageError("--script and --ssh exclude each other: the script is what you run on the other machine");
    if (options.script && options.verify)
      throw new UsageError(
        "--script --verify proves what was learnt before: add --bundle FILE, or use --ssh HOST in its place",
      );
    if (options.script) {
      const request = {
        unit: checkedName(unit),
        commands: options.exercise,
        seconds: options.for ?? 0,
        noReload: options["no-reload"],
      };
      return ending([{ text: observingScript(request), as: "exact" }], [], false);
    }
    if (options.for !== undefined && options["until-enter"])
      throw new UsageError("--for and --until-enter exclude each other");
    if (options.instance !== undefined && !options.verify) throw new UsageError("--instance needs --verify");
    const request: LearnRequest = {
      unit,
      plan: { commands: options.exercise, seconds: options.for ?? 0, untilEnter: options["until-enter"] },
      verify: options.verify,
      write: options.write,
      yes: options.yes,
      dryRun: options["dry-run"],
      noReload: options["no-reload"],
      fresh: freshOf(options),
      instance: options.instance,
      trustRun: options["trust-run"],
      parts: partsOf(options.with ?? []),
      save: options.save === undefined ? undefined : host.absolute(options.save),
      colours: terminal.colours,
      width: lineWidth(terminal),
    };
    const errand: Errand = {
      ...(ssh !== undefined && { host: ssh }),
      act: async (...by) => (await import("../learn/session.ts")).learnService(...by, request),
    };
    return options.user ? asUser(errand) : errand;
  },
);

/** Whether to prove as on a new machine; undefined where the machine decides. */
function freshOf(
  options: Pick<OptionValues<typeof LEARN_OPTIONS>, "fresh" | "no-fresh" | "verify">,
): boolean | undefined {
  if (options.fresh && (options["no-fresh"] || !options.verify))
    throw new UsageError(options.verify ? "--fresh and --no-fresh exclude each other" : "--fresh needs --verify");
  return options.fresh ? true : options["no-fresh"] ? false : undefined;
}

/** What goes on for days; `collect` is called by the unit that `start` makes. */
function daysErrand(
  verb: string,
  unit: string,
  options: OptionValues<typeof LEARN_OPTIONS>,
  { terminal }: Workplace,
): Errand | undefined {
  const { yes, write, verify, exercise: commands, "no-reload": noReload, "dry-run": dryRun } = options;
  const trustRun = options["trust-run"];
  const parts = partsOf(options.with ?? []);
  if (verb === "start")
    return { act: async (...by) => (await import("../learn/days.ts")).startDays(...by, { unit, yes, dryRun }) };
  if (verb === "status")
    return { act: async (machine) => (await import("../learn/days.ts")).daysStatus(machine, unit) };
  if (verb === "collect") return { act: async (...by) => (await import("../learn/collector.ts")).collect(...by, unit) };
  if (verb !== "stop") return undefined;
  const plan = { write, verify, commands, noReload, dryRun, trustRun, parts, fresh: freshOf(options) };
  const request = { unit, ...plan, colours: terminal.colours, width: lineWidth(terminal) };
  return { act: async (...by) => (await import("../learn/stopDays.ts")).stopDays(...by, request) };
}

/** The operands are more bundles, and the file of the unit. */
function fromBundles(
  options: OptionValues<typeof LEARN_OPTIONS>,
  operands: readonly string[],
  { host, terminal }: Workplace,
): Errand {
  const isBundle = (it: string): boolean => /\.(?:tgz|tar|tar\.gz|learnt\.json)$/.test(it);
  const bundles = [...options.bundle, ...operands.filter(isBundle)];
  const [path, ...more] = operands.filter((it) => !isBundle(it));
  if (more.length > 0) throw new UsageError("name one unit file in addition to the bundles");
  if (options.write && path === undefined)
    throw new UsageError("--write needs the file of the unit in addition to the bundles");
  const found =
    path === undefined ? undefined : findOnly(isService, "only services are learnt", host, [path], { instances: true });
  const [problem] = found?.problems ?? [];
  if (problem !== undefined) throw new UsageError(problem);
  const [input] = found?.files.map((it) => withoutLearntLines(readInput(host, it, { systemd: NEWEST_VERSION }))) ?? [];
  if (options.script && !options.verify)
    throw new UsageError("--script with --bundle needs --verify: it proves what the bundles show");
  const script = { commands: options.exercise, seconds: options.for ?? 0, noReload: options["no-reload"] };
  const request = {
    ...(options.script && { script }),
    bundles: bundles.map((it) => host.absolute(it)),
    unit: input,
    journal: journalOf(options.journal, host),
    parts: partsOf(options.with ?? []),
    trustRun: options["trust-run"],
    folder: options.write && path !== undefined ? folderFor(host, path) : undefined,
    colours: terminal.colours,
    width: lineWidth(terminal),
  };
  return { act: async (machine) => (await import("../learn/fromBundles.ts")).learnFromBundles(machine, request) };
}

/** Where what was learnt about a unit goes; nobody named a link that lies there. */
function folderFor(host: Workplace["host"], path: string): string {
  const folder = `${path}.d`;
  const far = host.kind(folder) === undefined ? undefined : outsideOf(host, folderBefore(path) || ".", folder);
  if (far !== undefined) throw new UsageError(`${folder} leads out of the folder, to ${far}: nothing is written`);
  return host.absolute(folder);
}

/** A unit without the drop-in that learning wrote for it. */
function withoutLearntLines({ unit, files }: ReturnType<typeof readInput>): Unit {
  const texts = unit.dropIns.flatMap((it, i) => (isOurs(files[i + 1] ?? "") ? [] : it.text));
  return texts.length === unit.dropIns.length ? unit : readAnew(unit, { dropIns: texts });
}

/** So much of the end of a journal counts. */
const MOST_JOURNAL = 64 * 1024 * 1024;

function journalOf(path: string | undefined, host: Workplace["host"]): string | undefined {
  if (path === undefined) return undefined;
  if (path !== "-") return namedFile(host, path);
  try {
    return decodeUtf8(host.stdinEnd(MOST_JOURNAL));
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/** The name of a service; a wrong one is a wrong call. */
function checkedName(unit: string): string {
  try {
    return serviceName(unit);
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

function partsOf(names: readonly string[]): LearnRequest["parts"] {
  return { user: names.includes("user"), root: names.includes("root") };
}
