import { UNIT_KINDS, type UnitKind } from "../../facts/unitKinds.ts";
import { NEWEST_VERSION } from "../../facts/version.ts";
import { programsOf } from "../../service/program.ts";
import { withoutVersion } from "../../service/programNames.ts";
import { readUnit } from "../../units/readUnit.ts";
import { parseUnitName, type UnitName } from "../../values/unitName.ts";
import { execLine } from "./execLine.ts";

/** The name of a new unit of a kind, from what a reader writes; undefined where it is none, or one of another kind. */
export function unitNameFrom(written: string, kind: UnitKind): UnitName | undefined {
  const suffix = written.slice(written.lastIndexOf(".") + 1);
  const stem = UNIT_KINDS.some((it) => it === suffix) ? written.slice(0, -suffix.length - 1) : written;
  if (stem !== written && !written.endsWith(`.${kind}`)) return undefined;
  return parseUnitName(`${stem}.${kind}`);
}

/** Names of programs that say nothing of what they serve: the folder says more. */
const GENERIC =
  /^(?:server|main|index|app|start|run|manage|worker|cli|daemon|service|serve|entrypoint|launch|boot|bot|job|script|program|__main__)$/i;
const FOLDERS =
  /^(?:s?bin|src|dist|build|lib|lib64|libexec|current|release|scripts?|target|debug|out|share|opt|usr|local|srv|home|var|www|root|)$/;
const MAX = 60;

/** A name for the service of a command, without `.service`: after the program, script or module, or the folder that it lies in. */
export function nameFor(typed: string): string | undefined {
  const line = execLine(typed);
  if (line.kind === "refused") return undefined;
  const path = { kind: "service", role: "unit", name: "x.service", scope: "system" } as const;
  const [program] = programsOf(readUnit(path, `[Service]\nExecStart=${line.value}\n`, NEWEST_VERSION));
  if (!program) return undefined;
  const { names } = program;
  const shell = /^(?:ba|da|z|k)?sh$/.test(names[0] ?? "");
  const main = (shell ? names[1] : names.at(-1)) ?? names[0] ?? "";
  const stem = withoutVersion(main.replace(/\.(?:jar|war|dll|exe|phar|[mc]?js|ts|py|pl|rb|sh|bash|php)$/, ""));
  const file = [program.path, ...program.args].find((it) => it.startsWith("/") && it.endsWith(`/${main}`));
  const folder = file
    ?.split("/")
    .slice(0, -1)
    .findLast((it) => !FOLDERS.test(it));
  return plain(GENERIC.test(stem) ? (folder ?? stem) : stem);
}

function plain(name: string): string | undefined {
  const text = name
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, MAX);
  return text === "" ? undefined : text;
}

/** A name that a user of the system can have, after that of a unit. */
export function userFor(name: string): string {
  const text = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^[^a-z_]+/, "")
    .slice(0, 31);
  return text.replace(/(?<!-)-+$/, "") || "service";
}

/** The port that a command shows to serve, where one of its options says so. */
export function portIn(typed: string): number | undefined {
  const found =
    /(?:^|\s)(?:-p|--?(?:[\w-]*-)?(?:port|listen|bind|addr(?:ess)?))(?:\s+|=)["']?(?:[\w.*[\]:-]*:)?(\d{2,5})\b/i.exec(
      typed,
    ) ??
    /(?:^|\s)(?:\S*PORT=)(\d{2,5})\b/.exec(typed) ??
    /\bhttp\.server\s+(\d{2,5})\b/.exec(typed);
  const port = Number(found?.[1]);
  return port > 0 && port < 65_536 ? port : undefined;
}
