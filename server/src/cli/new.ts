import { unitPath } from "../families/unitFiles/unitPath.ts";
import { newDropIn } from "../features/newUnit/dropInText.ts";
import type { NewFile, NewUnits } from "../features/newUnit/wanted.ts";
import { newUnits } from "../features/newUnit.ts";
import { parseUnitName } from "../values/unitName.ts";
import { UsageError } from "./arguments.ts";
import type { Host } from "./host.ts";
import type { NewArguments, NewDropIn, NewService } from "./newArguments.ts";
import type { Outcome } from "./outcome.ts";

/** Runs `new`: prints the files, or writes them where none of them is there yet; notes for the reader go to standard error. */
export function runNew(args: NewArguments, host: Host): Outcome {
  const made = args.kind === "drop-in" ? dropIn(args) : service(args, host);
  if (made.kind === "refused") return { stdout: "", stderr: `unit-warden: ${made.message}\n`, status: 2 };
  const notes = made.notes.map((it) => `unit-warden: note: ${it}\n`).join("");
  if (args.output === undefined) return { stdout: printed(made.files), stderr: notes, status: 0 };
  const folder = args.output.replace(/(?<=.)\/+$/, "");
  const files = made.files.map((it) => ({ ...it, path: `${folder === "/" ? "" : folder}/${it.name}` }));
  const there = files.filter(({ path }) => host.kind(path) !== undefined || host.linkTarget(path) !== undefined);
  if (there.length > 0) {
    const stderr = there.map(({ path }) => `unit-warden: ${path} exists already: nothing is written\n`).join("");
    return { stdout: "", stderr, status: 2 };
  }
  let stdout = "";
  for (const { path, text } of files) {
    try {
      host.create(path, text);
      stdout += `${path}\n`;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { stdout, stderr: `unit-warden: ${path}: ${message}\n`, status: 2 };
    }
  }
  return { stdout, stderr: notes, status: 0 };
}

/** One file as it is, so that it can be sent to its place; several with their names. */
function printed(files: readonly NewFile[]): string {
  const [only] = files;
  if (files.length === 1 && only) return only.text;
  return files.map(({ name, text }) => `# ${name}\n${text}`).join("\n");
}

function dropIn({ unit }: NewDropIn): NewUnits {
  const base = unit.replace(/^.*\//, "");
  const name = parseUnitName(base) ?? parseUnitName(`${base}.service`);
  if (!name) throw new UsageError(`"${unit}" is not a valid unit name, such as nginx.service`);
  return { kind: "files", files: [newDropIn(name.full, name.kind)], notes: [] };
}

function service(args: NewService, host: Host): NewUnits {
  const { description, documentation, exec, name, port, profile, start, systemd } = args;
  const place = args.output === undefined ? undefined : unitPath(`${host.absolute(args.output)}/x.service`);
  const scope = args.scope ?? place?.scope ?? "system";
  const made = newUnits({
    name,
    exec,
    start,
    profile,
    scope,
    version: systemd,
    documentation,
    runAs: args.runAs ?? { kind: scope === "user" ? "root" : "dynamic" },
    ...(port === undefined ? {} : { port }),
    ...(description === undefined ? {} : { description }),
  });
  if (made.kind === "refused" || args.runAs || scope === "user") return made;
  return { ...made, notes: [...made.notes, DYNAMIC] };
}

const DYNAMIC =
  "Nothing was said of a user, so it gets one that exists only while it runs; --user NAME or --user root changes that.";
