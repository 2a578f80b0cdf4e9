import { capabilitiesGivenIn, signsOfCapabilities } from "../fileRights.ts";
import type { FileReading, ProgramSign } from "../reading.ts";
import { signsOfCommand } from "../script/commandTable.ts";
import { manifestReading, type NamedPart } from "./manifest.ts";

/** An instruction of a file for container images, continued lines as one. */
interface Instruction {
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

/** What an image says of the program that it is made for. */
export interface ImageSource {
  readonly reading: FileReading;
  /** The words of the command that it starts; none where it says none. */
  readonly starts: readonly string[];
}

/**
 * What a file for a container image shows of its last stage: capabilities that it gives to files, what it installs, the ports
 * that it names and the user.
 */
export function dockerSource(path: string, text: string): ImageSource {
  const last = lastStage(instructionsIn(text));
  const of = (name: string): readonly Instruction[] => last.filter((it) => it.name === name);
  const ports = of("EXPOSE").flatMap(({ text: value, line }) =>
    value.split(/\s+/).flatMap((it) => (/^\d{1,5}(?:-\d{1,5})?(?:\/\w+)?$/.test(it) ? [{ name: it, line }] : [])),
  );
  const user = of("USER").at(-1);
  const runs = of("RUN");
  const reading = manifestReading(path, runs.flatMap(installedBy), (it) => signsOfCommand(it, []), [
    ...(user && user.text !== "" && !/^(?:root|0)(?::|$)/.test(user.text)
      ? [`its image runs it as ${user.text} (line ${user.line})`]
      : []),
  ]);
  const given = runs.flatMap(givenCapabilities);
  const signs = [...reading.signs, ...given, ...ports.slice(0, 1).map(portSign)];
  const start = of("ENTRYPOINT").at(-1)?.text ?? "";
  const command = of("CMD").at(-1)?.text ?? "";
  return { reading: { ...reading, signs }, starts: [...instructionWords(start), ...instructionWords(command)] };
}

const portSign = ({ name, line }: NamedPart): ProgramSign => ({
  sign: "ports",
  form: "text",
  what: `port ${name}`,
  line,
});

function instructionsIn(text: string): readonly Instruction[] {
  const found: Instruction[] = [];
  let open: { name: string; parts: string[]; line: number } | undefined;
  for (const [i, row] of text.split("\n").entries()) {
    if (/^\s*#/.test(row)) continue;
    const isContinued = /\\\s*$/.test(row);
    const part = row.replace(/\\\s*$/, "").trim();
    if (open) open.parts.push(part);
    else {
      const [, name, rest = ""] = /^([A-Za-z]{2,20})\s+(.*)$/.exec(part) ?? [];
      if (name === undefined) continue;
      open = { name: name.toUpperCase(), parts: [rest], line: i + 1 };
    }
    if (isContinued) continue;
    found.push({ name: open.name, text: open.parts.join(" ").trim(), line: open.line });
    open = undefined;
  }
  return found;
}

/** The instructions of the stage that the image is, with those of the stages that it goes on from. */
function lastStage(all: readonly Instruction[]): readonly Instruction[] {
  const starts = all.flatMap((it, i) => (it.name === "FROM" ? [i] : []));
  const stageAt = (at: number, depth: number): readonly Instruction[] => {
    const start = starts[at];
    if (start === undefined || depth > 9) return [];
    const own = all.slice(start, starts[at + 1]);
    const from = /^(?:--\S+\s+)*(\S+)/.exec(own[0]?.text ?? "")?.[1]?.toLowerCase();
    const before = starts.findIndex((it, i) => i < at && nameOfStage(all[it]) === from);
    return before < 0 ? own : [...stageAt(before, depth + 1), ...own];
  };
  return stageAt(starts.length - 1, 0);
}

const nameOfStage = (from: Instruction | undefined): string | undefined =>
  /\sas\s+(\S+)\s*$/i.exec(from?.text ?? "")?.[1]?.toLowerCase();

const MANAGERS: ReadonlySet<string> = new Set(["apt-get", "apt", "apk", "dnf", "microdnf", "yum", "zypper"]);
const INSTALLING: ReadonlySet<string> = new Set(["install", "add", "in"]);

/** The packages that a command of an image installs, without versions. */
const installedBy = ({ text, line }: Instruction): readonly NamedPart[] =>
  text.split(/[;&|]/).flatMap((command) => {
    const words = command.trim().split(/\s+/);
    const manager = words.findIndex((it) => MANAGERS.has(it));
    const at = manager < 0 ? -1 : words.findIndex((it, i) => i > manager && INSTALLING.has(it));
    const packages = at < 0 ? [] : words.slice(at + 1).filter((it) => /^[a-z\d][\w.+-]*(?:[=~<>].*)?$/.test(it));
    return packages.map((it) => ({ name: it.replace(/[=~<>].*/, ""), line }));
  });

/** The capabilities that a file of the image is given: whoever starts it gains them. */
const givenCapabilities = ({ text, line }: Instruction): readonly ProgramSign[] =>
  capabilitiesGivenIn(text).flatMap(({ capabilities }) => signsOfCapabilities(capabilities, "text", line));

/** The words of a command, written as a list or as a line. */
const instructionWords = (text: string): readonly string[] =>
  (text.startsWith("[") ? [...text.matchAll(/"([^"]{1,500})"/g)].map((it) => it[1] ?? "") : text.split(/\s+/)).filter(
    (it) => it !== "",
  );
