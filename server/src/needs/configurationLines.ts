import { type ConfigurationFact, type ConfigurationKind, portText } from "../program/daemons/fact.ts";

/** What a daemon does by its configuration. */
const DOES: Readonly<Record<ConfigurationKind, string>> = {
  port: "opens port",
  address: "listens on",
  socket: "makes the socket",
  user: "runs as",
  group: "has the group",
  data: "keeps data in",
  log: "logs to",
  pid: "writes its PID to",
  root: "works in",
  share: "shares",
  read: "reads",
  module: "loads",
};

/** So many lines are shown of one program, and so many places of one line. */
const MOST_LINES = 60;
const MOST_PLACES = 3;

/** What the configuration of daemons says, a line for each thing, with where it stands. */
export function configurationLines(facts: readonly ConfigurationFact[]): readonly string[] {
  const places = new Map<string, Set<string>>();
  for (const fact of facts) {
    const says = `${DOES[fact.kind]} ${whatOf(fact)}`;
    const known = places.get(says) ?? new Set();
    places.set(says, known.add(factPlace(fact)));
  }
  const lines = [...places].map(([says, at]) => {
    const more = at.size > MOST_PLACES ? ` and ${at.size - MOST_PLACES} more` : "";
    return `${says}: ${[...at].slice(0, MOST_PLACES).join(", ")}${more}`;
  });
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `and ${more} more`] : lines;
}

function whatOf({ kind, value, port, isWritten }: ConfigurationFact): string {
  if (port) return `${portText(port)}/${port.protocol}`;
  return kind === "share" && isWritten ? `${value} for writing` : value;
}

const factPlace = ({ path, line, key }: ConfigurationFact): string =>
  line !== undefined ? `${path}:${line} (${key})` : key === "" ? `unless ${path} says otherwise` : key;
