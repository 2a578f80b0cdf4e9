import { checkedPath } from "../../families/checkedPath.ts";
import { programReading } from "../../needs/programReading.ts";
import { readPrograms } from "../../program/readProgram.ts";
import { factsOf } from "../../service/facts.ts";
import { append, prepend } from "../../text/append.ts";
import { attemptEach } from "../attempts.ts";
import { command } from "../command.ts";
import { CONFIGURATION_OPTIONS, configurationProblems, configurationsOn } from "../configurations.ts";
import { asConfigured, versionFor } from "../configuredFiles.ts";
import { filesBelow } from "../defaults.ts";
import { findOnly, isService } from "../files.ts";
import type { Host } from "../host.ts";
import { inspectJson } from "../inspectJson.ts";
import { type InspectReport, inspectText } from "../inspectText.ts";
import { ifLoaded } from "../loadedUnit.ts";
import { demandTree } from "../namedFile.ts";
import { NAME_HELP, namedPaths } from "../names.ts";
import { choice, UsageError } from "../option.ts";
import { ROOT, scopeOf, TARGET } from "../options.ts";
import { ending, type OutputPart } from "../outcome.ts";
import { readInput } from "../readInput.ts";
import { lineWidth } from "../terminal.ts";

const OPTIONS = {
  format: choice(["text", "json"], "text", "how to print"),
  ...ROOT,
  ...TARGET,
  ...CONFIGURATION_OPTIONS,
};

/** A program is named by its path alone; units are told by theirs. */
const isProgram = (operand: string): boolean => operand.startsWith("/") && checkedPath(operand) === undefined;

export const inspectCommand = command(
  {
    name: "inspect",
    synopsis: ["inspect PROGRAM|PATH|NAME… [option…]"],
    summary: "shows what the files of a program say that it needs",
    details: [
      "It reads the programs of a service, or one program, with their libraries, scripts and configuration, and says what they may do, what they cannot, and what could not be read. Nothing is executed.",
      NAME_HELP,
    ].join(" "),
    options: OPTIONS,
    operands: "units",
  },
  ({ options, operands: written, given }, { host, terminal }) => {
    if (written.length === 0) throw new UsageError("name a program or a service");
    const { format, root } = options;
    const scope = scopeOf(options);
    demandTree(host, root);
    const programs = written.filter(isProgram);
    const units = written.filter((it) => !programs.includes(it));
    const { paths: operands, problems: unnamed } = namedPaths(host, units, { root, scope, instances: true });
    const refusal = "only services have programs";
    const { files, problems } = findOnly(isService, refusal, host, operands, { scope, instances: true });
    prepend(problems, unnamed);
    const configurations = configurationsOn(host, options);
    const read = attemptEach(programs, problems, (path) => ofProgram(host, path, root));
    const reports = attemptEach(files, problems, (named): InspectReport | undefined => {
      const configuration = configurations.for(named.path);
      const file = asConfigured(named, configuration);
      const systemd = versionFor(options, given, configuration);
      const found = ifLoaded(operands.includes(file.path), () => readInput(host, file, { systemd, root }));
      if (!found) return undefined;
      const facts = factsOf(found.unit);
      const reading = programReading(facts);
      if (!reading && found.unit.defaults?.source)
        throw new Error("no folder of its repository builds its programs alone: --root says where they are");
      if (!reading && !found.unit.defaults?.files)
        throw new Error("it is no unit of this machine: --root says where its programs are");
      if (!reading)
        throw new Error(`none of its programs can be read: ${facts.programs.map((it) => it.path).join(", ")}`);
      return { path: file.path, reading, isPrivileged: facts.privileged };
    });
    append(problems, configurationProblems(configurations));
    const all = [...read, ...reports];
    const stdout: OutputPart =
      format === "json"
        ? { text: inspectJson(all), as: "json" }
        : { text: inspectText(all, { colours: terminal.colours, width: lineWidth(terminal) }), as: "report" };
    return ending([stdout], problems, false);
  },
);

function ofProgram(host: Host, path: string, root: string | undefined): InspectReport {
  const files = filesBelow(host, root === undefined ? "/" : host.absolute(root));
  if (files?.look(path)?.kind !== "file")
    throw new Error(`${path} is no program ${root === undefined ? "of this machine" : `below ${root}`}`);
  return { path, reading: readPrograms([{ path, args: [], environment: {} }], files), isPrivileged: false };
}
