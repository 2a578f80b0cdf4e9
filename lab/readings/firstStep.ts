import PROGRAMS from "../../data/programs.json" with { type: "json" };
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { ProgramFiles } from "../../server/src/program/files.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { addedIn, keyOf, median, table } from "../strangers/outcome.ts";

/** A service of a measured daemon, as its package brings it. */
export interface ReadService {
  readonly text: string;
  readonly files: ProgramFiles;
  /** Why a run refused a setting, by its name. */
  readonly refused: Readonly<Record<string, string>>;
}

const INTERPRETERS = /^(?:(?:ba|da)?sh|python[\d.]*|perl|ruby|node|java|env|start-stop-daemon)$/;

/** The unit under a name that no table has. */
function stranger({ text, files }: ReadService, isRead: boolean): Unit {
  const path = unitPath("/usr/lib/systemd/system/zorb.service");
  if (!path) throw new Error("zorb.service is no unit");
  return readUnit(path, text, 257, { defaults: { restrictSuidSgid: false, ...(isRead ? { files } : {}) } });
}

/** Takes the programs of some services out of the table of programs. */
function forgetPrograms(services: readonly ReadService[]): void {
  const names = new Set(
    services
      .flatMap((it) => factsOf(stranger(it, false)).programs.filter(({ setting }) => setting === "ExecStart"))
      .flatMap(({ names: all }) => all)
      .filter((it) => !INTERPRETERS.test(it)),
  );
  const rest = PROGRAMS.filter(({ name }) => !names.has(name));
  PROGRAMS.splice(0, PROGRAMS.length, ...rest);
}

/** What one click adds of some settings to programs that no table names, with and without their files. */
export function firstStepReport(services: readonly ReadService[], settings: readonly string[]): string {
  forgetPrograms(services);
  const rows = ["by words", "with their programs read"].map((how, i) => {
    const counts = services.map((it) => {
      const unit = stranger(it, i === 1);
      const added = new Set(addedIn(unit, "safe").map(({ line }) => keyOf(line)));
      const own = settings.filter((name) => added.has(name));
      const refused = own.filter((name) => it.refused[name] !== undefined);
      return { isRoot: factsOf(unit).privileged, added: own.length, refused };
    });
    const mid = (all: typeof counts): number => Number(median(all.map((it) => it.added * 10)));
    const broken = counts.flatMap((it) => it.refused);
    return [
      how,
      counts.reduce((n, it) => n + it.added, 0),
      broken.length,
      mid(counts),
      mid(counts.filter((it) => it.isRoot)),
    ];
  });
  return table(["first step", "settings", "refused by a run", "median", "of root"], rows);
}
