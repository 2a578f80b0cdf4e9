import { CAPABILITY_FACTS } from "../../../facts/capabilities.ts";
import { splitWords } from "../../../syntax/words.ts";
import { wordPiece } from "../../combine.ts";
import type { Grammar, Lookup, Offer, Piece, Reader } from "../../grammar.ts";
import { meant } from "../../oneOf.ts";
import { part, wordTopic } from "../../piece.ts";
import { unknown } from "../../wording.ts";
import {
  anyPart,
  atStart,
  type PartReader,
  QUADLET_VALUE,
  resolvedBy,
  type WordSummaries,
  wordAmong,
} from "./terms.ts";

/** The grammar of a value whose words are several options of podman; each is read by itself. */
function listOf(form: string, item: PartReader): Grammar {
  return {
    kind: "grammar",
    routine: "podman",
    form,
    empty: "reset",
    read(value, into) {
      const { words } = splitWords(value.text, "quotes");
      for (const word of words) {
        const issue = resolvedBy(wordPiece(value, word), into, item);
        if (issue) into.problem(issue, "silent");
      }
      gap(value, words, into, item);
    },
  };
}

/** What may stand between the words, where the cursor is there. */
function gap(value: Piece, words: readonly { from: number; to: number }[], into: Reader, item: PartReader): void {
  const { cursor } = into;
  if (cursor === undefined) return;
  const isTouched = words.some(({ from, to }) => value.from + from <= cursor && cursor <= value.from + to);
  if (!isTouched) item({ ...value, text: "", from: cursor, to: cursor }, { ...into, token: () => undefined });
}

/** `NAME=value`; the offers are for the names, each with its sign. */
function pair(offers: readonly Offer[] = [], lookup?: Lookup): PartReader {
  return (piece, into) => {
    const { from, to, text } = piece;
    const equals = text.indexOf("=");
    const name = equals < 0 ? piece : part(piece, 0, equals);
    into.slot(
      name.from,
      name.to,
      () => (equals < 0 ? offers : offers.map((it) => ({ ...it, text: it.text.split("=")[0] ?? "" }))),
      lookup,
    );
    if (!piece.exact || equals < 0) {
      into.token(from, to, "variable");
      return undefined;
    }
    into.token(name.from, name.to, "variable");
    into.token(name.to, name.to + 1, "operator");
    into.token(name.to + 1, to, "text");
    return undefined;
  };
}

const CAPABILITIES: WordSummaries = {
  all: "All capabilities.",
  ...Object.fromEntries(CAPABILITY_FACTS.map(({ name, summary }) => [name, summary])),
};

/** Podman takes any letter case, and names without their prefix. */
const CAPABILITY: PartReader = (piece, into) => {
  const { from, to, text } = piece;
  into.slot(from, to, () => Object.entries(CAPABILITIES).map(([it, summary]) => ({ text: it, summary, role: "word" })));
  const upper = text.toUpperCase();
  const known = upper === "ALL" ? "all" : upper.startsWith("CAP_") ? upper : `CAP_${upper}`;
  const summary = Object.hasOwn(CAPABILITIES, known) ? CAPABILITIES[known] : undefined;
  into.token(from, to, "word", summary === undefined ? undefined : wordTopic(known, summary));
  if (summary !== undefined || text === "" || text.includes(",")) return undefined;
  const wording = atStart(unknown(piece, "capability"));
  const near = meant({ ...piece, text: known }, Object.keys(CAPABILITIES));
  return { from, to, code: QUADLET_VALUE, ...wording, fixes: near };
};

const variable = (text: string, summary: string): Offer => ({ text, summary, role: "variable" });

const SYSCTLS: readonly Offer[] = [
  variable("net.ipv4.ip_unprivileged_port_start=", "The lowest port that needs no capability."),
  variable("net.ipv4.ip_forward=", "Whether packets are passed on between interfaces."),
  variable("net.ipv6.conf.all.disable_ipv6=", "Whether IPv6 is off."),
  variable(
    "net.ipv4.conf.all.src_valid_mark=",
    "Whether marks of packets count for reverse routes; WireGuard needs it.",
  ),
  variable("net.core.somaxconn=", "How many connections may wait for a listener."),
  variable("net.ipv4.ping_group_range=", "Which groups may send pings without a capability."),
  variable("net.ipv4.tcp_keepalive_time=", "After how many idle seconds a connection is probed."),
  variable("kernel.msgmax=", "How large a message of System V IPC may be."),
  variable("kernel.shmmax=", "How large a segment of System V shared memory may be."),
  variable("fs.mqueue.msg_max=", "How many messages a POSIX queue may hold."),
];

const SECRET_OPTIONS: readonly Offer[] = [
  variable("type=mount", "The secret is a file below `/run/secrets`."),
  variable("type=env", "The secret is an environment variable."),
  variable("target=", "The name of the file or variable."),
  variable("uid=", "The owner of the file."),
  variable("gid=", "The group of the file."),
  variable("mode=", "The mode of the file, `0444` where missing."),
];

const MOUNT_OPTIONS: readonly Offer[] = [
  variable("type=bind", "A folder or file of the machine."),
  variable("type=volume", "A volume of podman."),
  variable("type=tmpfs", "A file system in memory."),
  variable("type=image", "The content of an image."),
  variable("type=artifact", "The files of an OCI artifact."),
  variable("type=glob", "All files that match a pattern."),
  variable("type=devpts", "Terminals of the container's own."),
  variable("source=", "What is mounted: a path, or another quadlet with its suffix."),
  variable("destination=", "Where it is mounted in the container."),
  variable("ro=true", "Cannot be written to."),
  variable("relabel=private", "Gets an SELinux label for this container alone."),
  variable("relabel=shared", "Gets an SELinux label that containers share."),
  variable("idmap", "Maps the IDs of files as the user namespace does."),
  variable("tmpfs-size=", "How large the file system may become."),
];

/** Parts with commas between them, each an option of its own; the value of a source may be another quadlet. */
const parts =
  (first: PartReader | undefined, options: readonly Offer[], sources?: Lookup): PartReader =>
  (piece, into) => {
    let at = 0;
    const texts = piece.text.split(",");
    for (const [i, text] of texts.entries()) {
      const it = part(piece, at, at + text.length);
      at += text.length + 1;
      const equals = text.indexOf("=");
      if (i === 0 && first) first(it, into);
      else if (sources && /^(?:source|src)=/.test(text) && it.exact) {
        const source = part(it, equals + 1);
        into.slot(source.from, source.to, () => [], sources);
        pair(options)(it, into);
      } else pair(options)(it, into);
    }
    return undefined;
  };

const ULIMITS: readonly Offer[] = [
  { text: "host", summary: "All limits of the machine.", role: "word" },
  ...[
    "nofile",
    "nproc",
    "memlock",
    "core",
    "stack",
    "as",
    "cpu",
    "data",
    "fsize",
    "msgqueue",
    "nice",
    "rss",
    "rtprio",
    "sigpending",
  ].map((it): Offer => ({ text: `${it}=`, role: "variable" })),
];

/** Values that are several things. */
export const QUADLET_LISTS = {
  quadletCapabilities: listOf("capabilities, or `all`", CAPABILITY),
  quadletPairs: listOf("assignments `NAME=value`", pair()),
  quadletEnvironment: listOf(
    "assignments `NAME=value`; since podman 5.6 a name alone takes the value of the service",
    pair(),
  ),
  quadletSysctls: listOf("assignments of sysctls such as `net.ipv4.ip_forward=1`", pair(SYSCTLS)),
  quadletSecrets: listOf(
    "the name of a secret, with options after commas",
    parts(anyPart("name", [], { kind: "secrets" }), SECRET_OPTIONS),
  ),
  quadletMounts: listOf(
    "options with commas between them, such as `type=tmpfs,destination=/tmp`",
    parts(undefined, MOUNT_OPTIONS, { kind: "units", kinds: ["volume", "image", "artifact"] }),
  ),
  quadletLogOptions: listOf(
    "options `NAME=value`",
    pair([
      variable("path=", "The file of the log."),
      variable("max-size=", "How large a log file may become."),
      variable("tag=", "The tag of each line."),
    ]),
  ),
  quadletUlimits: listOf("`NAME=SOFT[:HARD]`, or `host`", pair(ULIMITS)),
  quadletFiles: listOf("paths", anyPart("path", [], { kind: "paths" })),
  quadletMasked: listOf("paths with colons between them", anyPart("path", [], { kind: "paths" })),
  quadletUnmasked: listOf(
    "`ALL`, or paths with colons between them",
    wordAmong({ ALL: "Unmasks all that podman hides by itself." }, "path", { others: () => true, role: "path" }),
  ),
  quadletArguments: listOf("arguments of podman", anyPart("text")),
  quadletCommand: listOf("a program and its arguments", anyPart("text")),
  quadletIdMaps: listOf("maps `CONTAINER:HOST[:AMOUNT]`", anyPart("number")),
  quadletKubeUpdates: listOf(
    "`registry`, `local`, or one of them as `NAME/local`",
    anyPart("word", [
      { text: "registry", role: "word" },
      { text: "local", role: "word" },
    ]),
  ),
  quadletDevices: listOf("devices `[-]HOST[:CONTAINER[:PERMISSIONS]]`", (piece, into) => {
    const path = part(piece, piece.text.startsWith("-") ? 1 : 0, /^[^:]*/.exec(piece.text)?.[0].length ?? 0);
    return anyPart("path", [{ text: "/dev/", role: "path" }], { kind: "paths" })(path, into);
  }),
} as const satisfies Record<string, Grammar>;
