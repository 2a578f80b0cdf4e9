import { sandboxOf } from "../../features/sandbox.ts";
import { append, prepend } from "../../text/append.ts";
import { attemptEach } from "../attempts.ts";
import { command } from "../command.ts";
import { CONFIGURATION_OPTIONS, configurationProblems, configurationsOn } from "../configurations.ts";
import { asConfigured, versionFor } from "../configuredFiles.ts";
import { emptyFolders } from "../emptyFolders.ts";
import { findOnly, isService } from "../files.ts";
import { unreadDropIns } from "../gathering.ts";
import { ifLoaded } from "../loadedUnit.ts";
import { demandTree } from "../namedFile.ts";
import { NAME_HELP, namedPaths } from "../names.ts";
import { choice, flag, repeated, UsageError } from "../option.ts";
import { PROFILES, ROOT, scopeOf, TARGET } from "../options.ts";
import { ending, type OutputPart } from "../outcome.ts";
import { readInput } from "../readInput.ts";
import { sandboxJson } from "../sandboxJson.ts";
import { sandboxText, type WorldReport } from "../sandboxText.ts";
import { lineWidth } from "../terminal.ts";

const OPTIONS = {
  profile: choice(PROFILES, undefined, "show it as it would be with the settings of a profile"),
  path: repeated("PATH", "answer for this absolute path alone", absolutePaths, "files"),
  all: flag("also list the paths that only serve other settings"),
  format: choice(["text", "json"], "text", "how to print"),
  ...ROOT,
  ...TARGET,
  ...CONFIGURATION_OPTIONS,
};

export const sandboxCommand = command(
  {
    name: "sandbox",
    synopsis: ["sandbox PATH|NAME… [option…]"],
    summary: "shows what a service can see, write and execute",
    details: [
      "It prints the file system as a tree, with the setting that is responsible for each path, and a sentence each on the user, capabilities, devices, processes, network and system calls.",
      NAME_HELP,
    ].join(" "),
    options: OPTIONS,
    operands: "units",
  },
  ({ options, operands: written, given }, { host, terminal }) => {
    if (written.length === 0) throw new UsageError("name a service file");
    const { profile = "now", path: paths, all, format } = options;
    const scope = scopeOf(options);
    const { root } = options;
    demandTree(host, root);
    const { paths: operands, problems: unnamed } = namedPaths(host, written, { root, scope, instances: true });
    const refusal = "only service files have a world of their own";
    const { files, problems } = findOnly(isService, refusal, host, operands, { scope, instances: true });
    if (problems.length === 0) append(problems, emptyFolders(host, operands, files, "service"));
    prepend(problems, unnamed);
    const configurations = configurationsOn(host, options);
    const reports = attemptEach(files, problems, (named): WorldReport | undefined => {
      const configuration = configurations.for(named.path);
      const file = asConfigured(named, configuration);
      const systemd = versionFor(options, given, configuration);
      const isNamed = operands.includes(file.path);
      const read = ifLoaded(isNamed, () => readInput(host, file, { systemd, root }));
      if (!read || (read.loaded?.state === "overridden" && !isNamed)) return undefined;
      const found = sandboxOf(read.unit, profile, paths);
      return found && { path: file.path, sandbox: found, files: read.files, loaded: read.loaded };
    });
    append(problems, unreadDropIns(host));
    append(problems, configurationProblems(configurations));
    const stdout: OutputPart =
      format === "json"
        ? { text: sandboxJson(reports), as: "json" }
        : {
            text: sandboxText(reports, all, {
              colours: terminal.colours,
              width: lineWidth(terminal),
            }),
            as: "report",
          };
    return ending(
      [stdout],
      problems,
      reports.some((it) => it.sandbox.messages.length > 0),
    );
  },
);

/** Without empty parts and single dots; undefined where none is asked for. */
function absolutePaths(written: readonly string[]): readonly string[] | undefined {
  const relative = written.find((it) => !it.startsWith("/"));
  if (relative !== undefined) throw new UsageError(`--path takes an absolute path, not ${relative}`);
  const upward = written.find((it) => it.split("/").includes(".."));
  if (upward !== undefined)
    throw new UsageError(`--path takes a path without .., as links may lead elsewhere, not ${upward}`);
  const plain = (path: string): string[] => path.split("/").filter((it) => it !== "" && it !== ".");
  return written.length === 0 ? undefined : written.map((it) => `/${plain(it).join("/")}`);
}
