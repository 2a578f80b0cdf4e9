import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import { placeOfText } from "../../../service/linePlaces.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import { inForce, textOf } from "../../../service/settings.ts";
import { writesOf } from "../../../service/writtenPaths.ts";
import type { Unit } from "../../../units/unit.ts";
import { LISTENERS } from "./privateListener.ts";

/** The places of root, and what leads a user to one of their own; below /run a user has a folder there. */
const PLACES: readonly (readonly [place: RegExp, specifier: string])[] = [
  [/^\/(?:var\/)?run(?=\/(?!(?:user|lock)\/))/, "%t"],
  [/^\/var\/log(?=\/)/, "%L"],
  [/^\/var\/lib(?=\/)/, "%S"],
  [/^\/var\/cache(?=\/)/, "%C"],
];

/** Seen with 257: EACCES in the program, 209/STDOUT for what systemd opens, and sockets that it cannot create. */
export const userPath: Rule = {
  code: "sandbox/user-path",
  *check(unit) {
    if (unit.path.scope !== "user" || !loadedUnit(unit)) return;
    const seen = new Set<string>();
    for (const { setting, file } of filesOf(unit)) {
      const [place, specifier] = PLACES.find(([it]) => it.test(file)) ?? [];
      const spot = place && !seen.has(file) ? placeOfText(unit, setting, file) : undefined;
      if (!place || !spot) continue;
      seen.add(file);
      const folder = place.exec(file)?.[0] ?? "";
      const isTop = !file.slice(folder.length + 1).includes("/");
      const doubt = isTop ? "" : ", unless the directory was made for this user";
      yield {
        ...spot.span,
        severity: isTop ? "warning" : "info",
        message: `${setting}= names ${file}, where a user may not write: ${folder} belongs to root${doubt}; use ${specifier}`,
        directive: setting,
        fixes: [moved(spot.span.start, folder, specifier ?? "")],
      };
    }
  },
};

const moved = (start: number, folder: string, newText: string): Fix => ({
  title: `Change ${folder} to ${newText}`,
  safe: false,
  edits: () => [{ start, end: start + folder.length, newText }],
});

interface WrittenFile {
  readonly setting: DirectiveName;
  readonly file: string;
}

const LISTENERS_ON_PATHS = [...LISTENERS, "ListenFIFO"] as const satisfies readonly DirectiveName[];

/** Where a socket is made, what the commands write, the PID file, and what systemd opens for the output. */
function* filesOf(unit: Unit): Iterable<WrittenFile> {
  for (const setting of LISTENERS_ON_PATHS)
    for (const { text } of inForce(unit, setting)) if (text.startsWith("/")) yield { setting, file: text };
  for (const it of writesOf(unit)) yield { setting: it.setting, file: it.path };
  const pidFile = textOf(unit, "PIDFile");
  if (pidFile !== undefined) yield { setting: "PIDFile", file: pidFile };
  for (const setting of ["StandardOutput", "StandardError"] as const) {
    const file = /^(?:append|file|truncate):(.*)$/s.exec(textOf(unit, setting) ?? "")?.[1];
    if (file !== undefined) yield { setting, file };
  }
}
