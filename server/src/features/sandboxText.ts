import { causeText } from "../security/world/cause.ts";
import type { PathState, Spot } from "../security/world/world.ts";

const MEANINGS: Readonly<Record<PathState, string>> = {
  writable: "the host's files, which the sandbox lets it change",
  "read-only": "the host's files, which it cannot change",
  private: "something of its own in the place of the host's",
  bound: "files that the host has elsewhere",
  empty: "a new file system with nothing in it",
  hidden: "there, but nothing can be read or found in it",
  absent: "not there",
  unknown: "comes from an image or extension, cannot be known",
};

/** What the states mean that some paths have, in their usual order. */
export function legendOf(spots: readonly Spot[]): { readonly state: PathState; readonly meaning: string }[] {
  const used = new Set(spots.map((it) => it.state));
  const states = (Object.keys(MEANINGS) as PathState[]).filter((it) => used.has(it));
  return states.map((state) => ({ state, meaning: MEANINGS[state] }));
}

/** One sentence on a path, without a full stop: "read-only here, because of ProtectSystem=strict". */
export function stateSentence({ state, writable, from, by, noexecBy, executable }: Spot): string {
  const because = by ? `, because of ${causeText(by)}` : "";
  const noexec =
    executable === false && state !== "hidden" && state !== "absent"
      ? noexecBy
        ? `, and nothing can be executed, because of ${causeText(noexecBy)}`
        : ", and nothing can be executed"
      : "";
  return `${meaning(state, writable, from)}${because}${noexec}`;
}

function meaning(state: PathState, writable: boolean | undefined, from: string | undefined): string {
  const kind = writable === false ? "read-only" : "writable";
  switch (state) {
    case "writable":
      return "writable here";
    case "read-only":
      return from === undefined ? "read-only here" : `read-only here, with the files of ${from}`;
    case "private":
      return writable === false ? "private and read-only here" : "private here: others do not see it";
    case "bound":
      return `${kind} here, with the files of ${from ?? "elsewhere"}`;
    case "empty":
      return `an empty file system here, ${kind}`;
    case "hidden":
      return "hidden here";
    case "absent":
      return "not there";
    case "unknown":
      return "cannot be known here";
  }
}
