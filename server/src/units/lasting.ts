import type { UnitFile } from "../syntax/tree.ts";
import { namesIn } from "./byDirective.ts";
import { memo, memoBy } from "./memo.ts";
import { type Unit, versionsOf } from "./unit.ts";
import { VersionedAnswers } from "./versionedAnswers.ts";

/**
 * The unit that stands for this version of a document and those before it which are no different for what was asked of it: what
 * was derived from it is known again after an edit of something else. It is the unit itself where nothing would be gained.
 *
 * - Its places are those of the version that was turned to last: what is derived from it must not keep any.
 * - Whoever looks at its file looks at everything, so that no edit is without a difference.
 */
export function lasting(unit: Unit, purpose: Purpose = "facts"): Unit {
  const known = standInOf(unit, purpose);
  // Another version may have been asked about in between.
  return known?.versions?.turnTo(unit) ? known : unit;
}

/** What a unit stands for others in: what is asked for one purpose makes no difference for another. */
type Purpose = "facts" | "advice";

/** A function of a unit that gives the very same answer for versions that are the same to it, as one that is asked of a lasting unit. */
export const asQuestion =
  <V>(question: (unit: Unit) => V): ((unit: Unit) => V) =>
  (unit) => {
    const versions = versionsOf(unit);
    return versions ? versions.ask(question, question) : question(unit);
  };

interface Kept {
  /** Whether there was a version before this one: a text that is never edited needs none to stand for it. */
  isEdited: boolean;
  standIn?: Unit;
  /** How many stood for one version alone, one after the other. */
  failed: number;
}

/** So often it is tried for what is more than is always asked. */
const MOST_FAILURES = 3;

const standInOf = memoBy((unit: Unit, purpose: Purpose): Unit | undefined => {
  const { path, dropIns, main, judged, lines, file, memory } = unit;
  const isPlain = path.role === "unit" && dropIns.length === 0 && !main && !judged && !lines && !file.template;
  if (!isPlain || versionsOf(unit)) return undefined;
  const kept = memory.query(`lasting unit for ${purpose}`, [], (): Kept => ({ isEdited: false, failed: 0 }));
  if (!kept.isEdited) {
    kept.isEdited = true;
    return undefined;
  }
  const { standIn } = kept;
  if (standIn?.versions?.turnTo(unit)) return standIn;
  if (purpose !== "facts") {
    if (!lasting(unit).versions?.turns) return undefined;
    if (standIn?.versions?.turns === 0) kept.failed++;
    if (kept.failed > MOST_FAILURES) return undefined;
  }
  kept.standIn = standInFor(unit);
  return kept.standIn;
});

function standInFor(unit: Unit): Unit {
  const versions = new VersionedAnswers(unit, isOfSameForm);
  const made: Unit = Object.assign({ ...unit }, { file: new LastingFile(versions) as UnitFile, versions });
  versions.unit = made;
  return made;
}

/** Whether two versions differ in nothing but the values of lines, which are to be asked for one by one. */
function isOfSameForm(a: Unit, b: Unit): boolean {
  const { file, version, family, learnt, interpreters, ownedPaths, podman, beside, defaults } = a;
  return (
    version === b.version &&
    family === b.family &&
    learnt === b.learnt &&
    interpreters === b.interpreters &&
    ownedPaths === b.ownedPaths &&
    podman === b.podman &&
    beside === b.beside &&
    defaults === b.defaults &&
    pathOf(a) === pathOf(b) &&
    file.sections.length === b.file.sections.length &&
    file.sections.every((it, i) => {
      const other = b.file.sections[i];
      // The names are the same object where an edit was within values.
      return other?.name === it.name && other.header.closed === it.header.closed && namesIn(other) === namesIn(it);
    })
  );
}

const pathOf = memo(({ path }: Unit) => JSON.stringify(path));

/** The file of whichever version answers. */
class LastingFile {
  readonly #versions: VersionedAnswers<Unit>;

  constructor(versions: VersionedAnswers<Unit>) {
    this.#versions = versions;
  }

  get text(): string {
    return this.#versions.all().file.text;
  }

  get lines(): UnitFile["lines"] {
    return this.#versions.all().file.lines;
  }

  get nodes(): UnitFile["nodes"] {
    return this.#versions.all().file.nodes;
  }

  get preamble(): UnitFile["preamble"] {
    return this.#versions.all().file.preamble;
  }

  get sections(): UnitFile["sections"] {
    return this.#versions.all().file.sections;
  }

  get tooLong(): UnitFile["tooLong"] {
    return this.#versions.ask("too long", ({ file }) => file.tooLong);
  }

  get clean(): boolean {
    return this.#versions.ask("clean", ({ file }) => file.clean);
  }

  get unmarked(): true | undefined {
    return this.#versions.ask("unmarked", ({ file }) => file.unmarked);
  }

  get unaddressed(): true | undefined {
    return this.#versions.ask("unaddressed", ({ file }) => file.unaddressed);
  }
}
