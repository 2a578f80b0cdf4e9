import { unitPath } from "../../families/unitFiles/unitPath.ts";
import { newDropIn } from "../../features/newUnit/dropInText.ts";
import type { NewFile, NewUnits, Start, WantedRunAs } from "../../features/newUnit/wanted.ts";
import { newUnits } from "../../features/newUnit.ts";
import { statementTexts } from "../../needs/questions.ts";
import { onOneLine } from "../../text/printable.ts";
import { readUnit } from "../../units/readUnit.ts";
import type { Unit } from "../../units/unit.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { askNeeds } from "../askNeeds.ts";
import { command, type OptionValues } from "../command.ts";
import { outsideOf } from "../files.ts";
import type { Host } from "../host.ts";
import { anyText, choice, flag, repeated, UsageError, valued } from "../option.ts";
import { PROFILES, TARGET } from "../options.ts";
import { type Ending, ending, noted } from "../outcome.ts";
import { afterWriting, type Unwritten } from "../writes.ts";

const OPTIONS = {
  exec: anyText("CMD", "the command as you would type it in a terminal, the program with its absolute path"),
  ask: flag(
    "ask on the terminal what the service needs, harden it by the answers, under the profile strict where none is named, and state them as comments",
  ),
  user: anyText("NAME", "the user that it runs as; root for a service that needs all rights"),
  "dynamic-user": flag("run as a user that exists only while the service runs (the default where the command can)"),
  port: valued("N", "the TCP port that it serves", portOf),
  "on-calendar": anyText("SPEC", "start it by a timer at these times, as OnCalendar= takes them, not at boot"),
  socket: anyText("ADDR", "start it by a socket at the first connection to this address, not at boot"),
  listen: anyText("ADDR", "the same as --socket"),
  "by-hand": flag("nothing starts it by itself"),
  description: anyText("TEXT", "what people read in the status and the log (default: the name)"),
  documentation: repeated("URI", "an address such as man:NAME(8)", (written) => written),
  profile: choice(["off", ...PROFILES], "basic", "how much hardening to add"),
  scope: choice(
    ["system", "user"],
    undefined,
    "whose manager the unit is for (default: what --output says, or system)",
  ),
  output: anyText("DIR", "write the files to this folder; without it they are printed", "folders"),
  systemd: TARGET.systemd,
};

type NewOptions = OptionValues<typeof OPTIONS>;

const KINDS = ["service", "timer", "socket", "drop-in"] as const;

export const newCommand = command(
  {
    name: "new",
    synopsis: ["new service|timer|socket NAME --exec CMD [option…]", "new drop-in UNIT [--output DIR]"],
    summary: "writes a service that is hardened for its command",
    details:
      "With it comes the timer or socket that starts it. It hardens as harden does and overwrites nothing. Without a user it runs as who has the fewest rights that do for the command; what cannot run is refused with the reason. Several files are printed with their names as headings. A drop-in is empty but for its section.",
    options: OPTIONS,
    operands: { words: () => KINDS },
  },
  ({ options, operands, given }, { host }) => {
    const named = kindAndName(operands, given);
    const { ask } = options;
    const chosen = ask && !given.includes("profile") ? { ...options, profile: "strict" as const } : options;
    const { kind, name } = named;
    if (kind === "drop-in" || !ask) return written(named, chosen, host);
    return {
      talk: async (asker) => {
        const plain = service(name, kind, { ...chosen, profile: "off" }, host);
        const unit = plain.kind === "files" ? unitOf(plain.files[0], chosen, host) : undefined;
        const { profile } = chosen;
        const answers = unit && profile !== "off" ? await askNeeds(unit, profile, asker) : [];
        return written(named, chosen, host, statementTexts(answers));
      },
    };
  },
);

type NamedKind = (typeof KINDS)[number];

/** What is to be made, as the operands say it. */
interface NamedFile {
  readonly kind: NamedKind;
  readonly name: string;
}

function kindAndName(operands: readonly string[], given: readonly string[]): NamedFile {
  const [word, name, ...rest] = operands;
  const kind = KINDS.find((it) => it === word);
  if (kind === undefined) throw new UsageError(`new takes service, timer, socket or drop-in, not ${word ?? "nothing"}`);
  if (name === undefined) throw new UsageError(`name the ${kind === "drop-in" ? "unit" : kind}`);
  if (rest.length > 0) throw new UsageError(`new takes one name; quote the command: --exec '… ${rest.join(" ")}'`);
  const other = given.find((it) => it !== "output");
  if (kind === "drop-in" && other !== undefined) throw new UsageError(`new drop-in takes no --${other}`);
  return { kind, name };
}

function written(
  { kind, name }: NamedFile,
  options: NewOptions,
  host: Host,
  statements: readonly string[] = [],
): Ending | Unwritten {
  const made = kind === "drop-in" ? dropIn(name) : service(name, kind, options, host, statements);
  if (made.kind === "refused") return ending("", [made.message], false);
  const withNotes = (it: Ending): Ending => (it.status === 0 ? noted(it, made.notes) : it);
  if (options.output === undefined) return withNotes(printed(made.files));
  const { writes, end } = placed(made.files, options.output, host);
  return { writes, end: (failures) => withNotes(end(failures)) };
}

/** A new service as it is read. */
function unitOf(file: NewFile | undefined, options: NewOptions, host: Host): Unit | undefined {
  const { name = "", text = "" } = file ?? {};
  return (
    file && readUnit({ kind: "service", role: "unit", name, scope: scopeOf(options, host) }, text, options.systemd)
  );
}

/** Whose manager the unit is for. */
function scopeOf({ scope, output }: NewOptions, host: Host): "system" | "user" {
  const place = output === undefined ? undefined : unitPath(`${host.absolute(output)}/x.service`);
  return scope ?? place?.scope ?? "system";
}

/** One file as it is, so that it can be sent to its place; several with their names. */
function printed(files: readonly NewFile[]): Ending {
  const [only] = files;
  const texts = files.map(({ name, text: it }) => `# ${name}\n${it}`);
  const text = files.length === 1 && only ? only.text : texts.join("\n");
  return ending([{ text, as: "exact" }], [], false);
}

/** All files in a folder, or none where one of them is there already. */
function placed(files: readonly NewFile[], output: string, host: Host): Unwritten {
  const folder = output.replace(/(?<=[^/]|^\/)\/+$/, "");
  const writes = files.map(({ name, text }) => ({ path: `${folder === "/" ? "" : folder}/${name}`, text }));
  const there = writes.filter(({ path }) => host.kind(path) !== undefined || host.linkTarget(path) !== undefined);
  const far = writes.flatMap(({ path }) => {
    const inner = path.slice(0, Math.max(1, path.lastIndexOf("/")));
    const to = host.isLink(inner) && inner !== folder ? outsideOf(host, folder || "/", inner) : undefined;
    return to === undefined ? [] : [`${inner} leads out of ${folder}, to ${to}: nothing is written`];
  });
  const problems = [...far, ...there.map(({ path }) => `${path} exists already: nothing is written`)];
  const made = writes.map((it) => ({ value: `${onOneLine(it.path)}\n`, write: { ...it, before: undefined } }));
  return afterWriting(problems.length > 0 ? [] : made, problems, (lines, failed) =>
    ending(lines.join(""), failed, false),
  );
}

function dropIn(unit: string): NewUnits {
  const base = unit.replace(/^.*\//, "");
  const name = parseUnitName(base) ?? parseUnitName(`${base}.service`);
  if (!name) throw new UsageError(`"${unit}" is not a valid unit name, such as nginx.service`);
  return { kind: "files", files: [newDropIn(name.full, name.kind)], notes: [] };
}

function service(
  name: string,
  kind: "service" | "timer" | "socket",
  options: NewOptions,
  host: Host,
  statements: readonly string[] = [],
): NewUnits {
  const { description, documentation, exec, port, profile, systemd } = options;
  if (exec === undefined) throw new UsageError("--exec is missing: name the command that the service runs");
  const scope = scopeOf(options, host);
  return newUnits({
    ...(statements.length > 0 && { statements }),
    name: name.replace(new RegExp(`\\.${kind}$`), ".service"),
    exec,
    start: startOf(options, kind),
    profile,
    scope,
    version: systemd,
    documentation,
    runAs: runAsOf(options),
    ...(port === undefined ? {} : { port }),
    ...(description === undefined ? {} : { description }),
  });
}

function runAsOf({ user, "dynamic-user": isDynamic }: NewOptions): WantedRunAs {
  if (user !== undefined && isDynamic) throw new UsageError("--user and --dynamic-user exclude each other");
  if (user === undefined) return { kind: isDynamic ? "dynamic" : "suited" };
  return user === "root" ? { kind: "root" } : { kind: "user", name: user };
}

function startOf(options: NewOptions, kind: "service" | "timer" | "socket"): Start {
  const { "on-calendar": calendar, "by-hand": byHand } = options;
  const listen = options.socket ?? options.listen;
  if ([calendar !== undefined, listen !== undefined, byHand].filter(Boolean).length > 1)
    throw new UsageError("--on-calendar, --socket, --listen and --by-hand exclude each other");
  if (kind === "timer" && calendar === undefined)
    throw new UsageError("--on-calendar is missing: say when the timer elapses, such as daily");
  if (kind === "socket" && listen === undefined)
    throw new UsageError("--listen is missing: say where the socket listens, such as 8080 or /run/NAME.sock");
  if (calendar !== undefined) return { kind: "timer", calendar };
  if (listen !== undefined) return { kind: "socket", listen };
  return { kind: byHand ? "manual" : "boot" };
}

function portOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const port = Number(written);
  if (!/^\d+$/.test(written) || port < 1 || port > 65_535)
    throw new UsageError(`--port takes a port from 1 to 65535, not ${written}`);
  return port;
}
