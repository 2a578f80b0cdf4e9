import { append } from "../text/append.ts";
import type { TextEdit } from "../text/span.ts";
import type { HostedFile } from "./hostedUnit.ts";
import type { HostLanguage } from "./hosts.ts";
import { appliedTogether, hostEdits, type Rereads } from "./proven.ts";
import type { UnitChange } from "./unitChange.ts";

/** A part of what is wanted of a unit, which may be left out. */
interface Piece {
  readonly edits: readonly TextEdit[];
}

/** What is wanted of a unit: pieces that can be done at once in its text. */
export interface UnitWish<P extends Piece> extends Pick<UnitChange, "hosted" | "written" | "version"> {
  readonly pieces: readonly P[];
}

/** What is done to the units of a file, by their numbers. */
interface Rounds<P extends Piece> {
  /** What is wanted of a unit of the file as it is now. */
  readonly wish: (file: HostedFile, at: number) => UnitWish<P> | undefined;
  /** How often one unit is changed at most. */
  readonly most: number;
  readonly rereads: Rereads;
  /** Told what was done to a unit. */
  readonly done?: (at: number, pieces: readonly P[]) => void;
}

/**
 * Changes the units of a file as is wanted, as many as possible at a time, so that a file of many is read a few times and not
 * once for each of them. What units share is changed for one of them, and then the others are asked again.
 */
export function changedInRounds<P extends Piece>(
  host: HostLanguage,
  before: HostedFile,
  { wish, most, rereads, done: onDone }: Rounds<P>,
): HostedFile {
  let file = before;
  const times = new Map<number, number>();
  const careful = new Set<number>();
  let open = file.units.map((_, at) => at);
  while (open.length > 0 && !rereads.isCut) {
    const current = file;
    const changes = open.flatMap((at) => {
      const wanted = wish(current, at);
      if (!wanted) return [];
      const { pieces, made } = writable(host, current, wanted, careful.has(at) ? rereads : undefined);
      return pieces.length > 0 ? [{ ...wanted, at, pieces, edits: pieces.flatMap((it) => it.edits), made }] : [];
    });
    const { file: made, done, refused } = appliedTogether(host, current, changes, rereads);
    file = made;
    const isOpen = (change: (typeof changes)[number]): boolean => {
      const { at, pieces } = change;
      if (done.has(change)) {
        onDone?.(at, pieces);
        times.set(at, (times.get(at) ?? 0) + 1);
        return (times.get(at) ?? 0) < most;
      }
      const isLost = refused.has(change) && careful.has(at);
      if (refused.has(change)) careful.add(at);
      return !isLost;
    };
    open = changes.filter(isOpen).map((it) => it.at);
  }
  return file;
}

/** As many pieces as can be written in the file, with how it is proposed to; with `rereads` those alone of which that is proven. */
function writable<P extends Piece>(
  host: HostLanguage,
  file: HostedFile,
  { hosted, written, version, pieces }: UnitWish<P>,
  rereads: Rereads | undefined,
): { readonly pieces: readonly P[]; readonly made?: readonly TextEdit[] | undefined } {
  let made: readonly TextEdit[] | undefined;
  const isWritable = (some: readonly P[]): boolean => {
    const edits = some.flatMap((it) => it.edits);
    if (rereads) return hostEdits(host, file, { hosted, written, version, edits }, rereads) !== undefined;
    const proposed = host.propose(file, hosted, written, edits, version);
    made = proposed ?? made;
    return proposed !== undefined;
  };
  const kept: P[] = [];
  const keep = (some: readonly P[]): void => {
    if (some.length === 0) return;
    if (isWritable([...kept, ...some])) append(kept, some);
    else if (some.length > 1) {
      const half = some.length >> 1;
      keep(some.slice(0, half));
      keep(some.slice(half));
    }
  };
  keep(pieces);
  return { pieces: kept, made };
}
