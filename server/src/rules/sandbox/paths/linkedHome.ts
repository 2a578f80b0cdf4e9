import type { Rule } from "../../../findings/rule.ts";
import { hiddenBy, mayHide } from "../../../security/world/access.ts";
import { ownLast, placeOfText } from "../../../service/linePlaces.ts";
import { listedPath } from "../../../service/paths.ts";
import { programsOf } from "../../../service/program.ts";
import { textOf, words } from "../../../service/settings.ts";
import type { Span } from "../../../text/span.ts";
import type { Unit } from "../../../units/unit.ts";
import { isWithin } from "../../../values/path.ts";

/** Seen with 257: ProtectHome= follows a link at /home, and closes the directory that it leads to (203/EXEC, 200/CHDIR). */
export const linkedHome: Rule = {
  code: "sandbox/linked-home",
  needs: ["ProtectHome"],
  *check(unit) {
    if (!mayHide(unit)) return;
    for (const { path, span, directive, fails } of namedIn(unit)) {
      const link = LINKS.find(([, to]) => path.startsWith(`${to}/`));
      if (!link || isBound(unit, path)) continue;
      const [from, to] = link;
      const cover = hiddenBy(unit, from + path.slice(to.length));
      if (cover?.by.directive !== "ProtectHome") continue;
      const node = ownLast(unit, "ProtectHome");
      const edits = node && (() => [{ ...node.valueSpan, newText: "read-only" }]);
      yield {
        ...span,
        severity: "info",
        message: `${directive}= names ${path}, which ${cover.setting} hides where ${from} is a link to ${to}: ${fails}`,
        directive,
        fixes: edits ? [{ title: "Change to ProtectHome=read-only", safe: false, edits }] : [],
      };
    }
  },
};

const LINKS = [
  ["/home", "/var/home"],
  ["/root", "/var/roothome"],
] as const;

interface Named {
  readonly path: string;
  readonly span: Span;
  readonly directive: string;
  readonly fails: string;
}

function* namedIn(unit: Unit): Iterable<Named> {
  for (const { path, setting, prefixes } of programsOf(unit)) {
    const place = /[-+|]/.test(prefixes) ? undefined : placeOfText(unit, setting, path);
    if (place) yield { path, span: place.span, directive: setting, fails: "the command fails with 203/EXEC" };
  }
  const path = textOf(unit, "WorkingDirectory");
  const span = ownLast(unit, "WorkingDirectory")?.valueSpan;
  if (path !== undefined && span)
    yield { path, span, directive: "WorkingDirectory", fails: "every command fails with 200/CHDIR" };
}

/** Whether a list brings a path back, be it itself or a directory above it. */
const isBound = (unit: Unit, path: string): boolean =>
  (["BindPaths", "BindReadOnlyPaths"] as const).some((name) =>
    words(unit, name).some((it) => isWithin(path, listedPath(unit, it.split(":").at(-1) ?? "") ?? path)),
  );
