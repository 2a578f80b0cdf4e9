import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import { effective } from "../../../security/effective.ts";
import { coverText } from "../../../security/world/access.ts";
import { type Cause, causeText } from "../../../security/world/cause.ts";
import { reach, serviceWorld } from "../../../security/world/world.ts";
import { ownLast, placeOfWord } from "../../../service/linePlaces.ts";
import { listedPath, systemPath } from "../../../service/paths.ts";
import { NEW_NAMES, withOldName } from "../../../units/oldNames.ts";
import type { Unit } from "../../../units/unit.ts";
import { wordsInForce } from "../../../units/words.ts";

/** Nothing below a closed directory can be mounted; follows drop_inaccessible(), systemd 257 to 262. */
export const unreachable: Rule = {
  code: "sandbox/unreachable-path",
  needs: ["ReadWritePaths", "BindPaths", "BindReadOnlyPaths"],
  *check(unit) {
    const { protectHome, present } = effective(unit).settings;
    if (protectHome !== "yes" && !present.has("InaccessiblePaths")) return;
    if (!present.has("ReadWritePaths") && !present.has("BindPaths")) return;
    const reported = new Set<string>();
    for (const { entry, below } of serviceWorld(unit)?.shut ?? []) {
      const { directive, value } = entry.by;
      const word = `${directive} ${value}`;
      const counts =
        GIVE_BACK.includes(NEW_NAMES.get(directive) ?? directive) && below.path !== "/" && !reported.has(word);
      const place = counts ? placeOfWord(unit, directive, value) : undefined;
      if (!place) continue;
      reported.add(word);
      yield {
        ...place.span,
        severity: "warning",
        message: `${directive}= has no effect below ${below.path}: ${coverText(below.by)} makes everything below it inaccessible`,
        directive,
        fixes: entry.mode === "bind" ? tmpfsInstead(unit, below.by) : [],
      };
    }
  },
};

/** What takes away below a closed directory is only more than needed. */
const GIVE_BACK: readonly DirectiveName[] = ["ReadWritePaths", "BindPaths", "BindReadOnlyPaths"];

function tmpfsInstead(unit: Unit, by: Cause): Fix[] {
  const node = by.directive === "ProtectHome" ? ownLast(unit, "ProtectHome") : undefined;
  if (!node) return [];
  const edits = () => [{ ...node.valueSpan, newText: "tmpfs" }];
  return [{ title: "Change to ProtectHome=tmpfs", safe: false, edits }];
}

/** Seen with 257: neither root nor a path that is read-only by name becomes writable. */
export const readWriteLost: Rule = {
  code: "sandbox/read-write-lost",
  needs: ["ReadWritePaths"],
  *check(unit) {
    const lists = ["ReadWritePaths" as const, ...CLOSING].map((it) => wordsInForce(unit, "Service", it));
    if (lists[0]?.length === 0) return;
    for (const word of unit.memory.query("paths of two lists", lists, alsoNamed)) {
      const path = listedPath(unit, word);
      const by = path === undefined ? undefined : closedBy(unit, path);
      const place = by && placeOfWord(unit, "ReadWritePaths", word);
      if (!place) continue;
      const listed = by.value.includes("/");
      const message =
        path === "/" && !listed
          ? "ReadWritePaths=/ has no effect: ProtectSystem=strict keeps the root directory read-only"
          : `ReadWritePaths= has no effect on ${path}, which ${listed ? `${by.directive}= names too` : `${causeText(by)} covers`}: it stays read-only`;
      yield { ...place.span, severity: "warning", message, directive: "ReadWritePaths" };
    }
  },
};

/** What makes the very path read-only that a list names, although it names it. */
function closedBy(unit: Unit, path: string): Cause | undefined {
  const world = serviceWorld(unit);
  const reached = world && reach(world, path);
  const own = reached?.mount?.path === reached?.real ? reached?.mount : undefined;
  return own?.applied ? own.readOnly : undefined;
}

const CLOSING = [...withOldName("ReadOnlyPaths"), "BindReadOnlyPaths"] as const;

/** The words whose very path another list or a setting may speak of, so that the world has to be asked about them. */
function alsoNamed(words: readonly string[] = [], ...others: readonly (readonly string[])[]): readonly string[] {
  const named = new Set(
    others
      .flat()
      .flatMap((it) => bare(it).split(":"))
      .map(systemPath),
  );
  return [...new Set(words)].filter((word) => {
    const path = systemPath(bare(word));
    return named.has(path) || PROTECTED.test(path);
  });
}

const bare = (word: string): string => word.replace(/^-?\+?/, "");

/** What the settings ProtectSystem=, ProtectHome= and ProtectKernelTunables= name. */
const PROTECTED = /^\/(?:usr|boot|efi|etc|home|root|run\/user|(?:proc|sys)(?:\/.*)?)?$/;
