import { causeText } from "../security/world/cause.ts";
import type { PathState, Spot } from "../security/world/world.ts";
import type { PlaceOwner } from "../security/world/writers.ts";

const MEANINGS: Readonly<Record<PathState, string>> = {
  writable: "the host's files, writable in the sandbox",
  "read-only": "the host's files, read-only",
  private: "private to the service instead of the host's",
  bound: "files from another path of the host",
  empty: "a new empty file system",
  hidden: "inaccessible: nothing in it can be read",
  absent: "missing",
  unknown: "unknown: from an image or extension",
};

/** What the states mean that some paths have, in their usual order. */
export function legendOf(spots: readonly Spot[]): { readonly state: PathState; readonly meaning: string }[] {
  const used = new Set(spots.map((it) => it.state));
  const states = (Object.keys(MEANINGS) as PathState[]).filter((it) => used.has(it));
  return states.map((state) => ({ state, meaning: MEANINGS[state] }));
}

/** What is said next to the state of a place that is writable in the sandbox, and what it means. */
const WRITERS: Readonly<
  Record<PlaceOwner, { readonly label: string; readonly meaning: string; readonly clause: string }>
> = {
  service: {
    label: "own",
    meaning: "a directory that systemd creates for the service's user",
    clause: "; it belongs to the service's user",
  },
  everyone: {
    label: "for all",
    meaning: "every user may write there",
    clause: "; every user may write there",
  },
  root: {
    label: "root only",
    meaning: "the sandbox allows writing, but the path belongs to root, and the service does not run as root",
    clause: "; but it belongs to root, which the service does not run as",
  },
  unknown: {
    label: "if permitted",
    meaning: "the sandbox allows writing; the permissions of the files decide",
    clause: "; the permissions of the files decide, too",
  },
};

/** What is said next to the state of a place: "root only". */
export const writersLabel = (owner: PlaceOwner): string => WRITERS[owner].label;

/** What the labels mean that some places have. */
export function writersLegend(owners: readonly (PlaceOwner | undefined)[]): readonly {
  readonly owner: PlaceOwner;
  readonly label: string;
  readonly meaning: string;
}[] {
  const used = (Object.keys(WRITERS) as PlaceOwner[]).filter((it) => owners.includes(it));
  return used.map((owner) => ({ owner, label: WRITERS[owner].label, meaning: WRITERS[owner].meaning }));
}

/**
 * One sentence on a path, without a full stop: "read-only here, because of ProtectSystem=strict"; with who may write there
 * where that is known and matters.
 */
export function stateSentence({ state, writable, from, by, noexecBy, executable }: Spot, owner?: PlaceOwner): string {
  const reason = by ? `, because of ${causeText(by)}` : "";
  const noexec =
    executable === false && state !== "hidden" && state !== "absent"
      ? noexecBy
        ? `, and nothing can be executed, because of ${causeText(noexecBy)}`
        : ", and nothing can be executed"
      : "";
  const whose = owner === undefined ? "" : WRITERS[owner].clause;
  const allows = state === "writable" && (owner === "root" || owner === "unknown");
  const what = allows ? "the sandbox allows writing here" : meaning(state, writable, from);
  return `${what}${reason}${noexec}${whose}`;
}

function meaning(state: PathState, writable: boolean | undefined, from: string | undefined): string {
  const kind = writable === false ? "read-only" : "writable";
  switch (state) {
    case "writable":
      return "writable here";
    case "read-only":
      return from === undefined ? "read-only here" : `read-only here, with the files of ${from}`;
    case "private":
      return writable === false ? "private and read-only here" : "private here: not visible to other programs";
    case "bound":
      return `${kind} here, with the files of ${from ?? "elsewhere"}`;
    case "empty":
      return `an empty file system here, ${kind}`;
    case "hidden":
      return "hidden here";
    case "absent":
      return "missing";
    case "unknown":
      return "unknown here";
  }
}
