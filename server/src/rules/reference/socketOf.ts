import type { UnitContext } from "../../findings/rule.ts";
import type { Program } from "../../service/program.ts";
import { fragmentOf, referencesFrom, referencesTo } from "../../units/index/lookup.ts";
import type { IndexedFile } from "../../units/index/unitIndex.ts";
import { memo } from "../../units/memo.ts";
import type { Unit } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { parseUnitName } from "../../values/unitName.ts";

/** A socket that hands its connections to a service. */
export interface SocketUnit {
  readonly name: string;
  readonly settings: IndexedFile["settings"];
  /** Whether the service is started for each connection. */
  readonly accepts: boolean;
}

/** The sockets of a service that can be seen: of the same name, of Sockets=, and those whose Service= names it. */
export function socketsOf(unit: Unit, { index, path }: UnitContext): readonly SocketUnit[] {
  const name = unit.path.name === undefined ? undefined : parseUnitName(unit.path.name);
  if (name?.kind !== "service") return [];
  const own = `${name.instance === "" ? name.prefix : name.stem}.socket`;
  const linked = [
    ...referencesFrom(index, name.full, path).flatMap((it) => (it.directive === "Sockets" ? it.target : [])),
    ...referencesTo(index, name.full, path).flatMap((it) =>
      it.directive === "Service" && it.from.endsWith(".socket") ? it.from : [],
    ),
  ];
  return [...new Set([own, ...linked])].flatMap((it): SocketUnit[] => {
    const settings = fragmentOf(index, it, path)?.settings;
    const accepts = parseBoolean(settings?.Accept ?? "") === true;
    return settings && accepts === (name.instance !== undefined) ? [{ name: it, settings, accepts }] : [];
  });
}

/** Whether a file is that of a whole service. */
export const isServiceUnit = ({ path }: Unit): boolean => path.kind === "service" && path.role === "unit";

/** The programs of ExecStart=. */
export const mainPrograms = memo((programs: readonly Program[]) => programs.filter((it) => it.setting === "ExecStart"));

/** What programs are told with that take over what systemd listens on. */
const TAKES_OVER =
  /^fds?:\/\/|^--?(?:systemd|socket)[-_]?(?:socket|activat\w*|fds?)\b|^--fd[=]?(?:3|$)|^--listen-fds?\b/i;
/** Whether the options of a program take over what systemd listens on. */
export const isActivated = ({ args }: Program): boolean =>
  args.some((it) => TAKES_OVER.test(it.replace(/^-\w=?/, "")) || TAKES_OVER.test(it));
