import type { Grammar, Offer } from "../../grammar.ts";
import { meant } from "../../oneOf.ts";
import { part, wordTopic } from "../../piece.ts";
import { unknown } from "../../wording.ts";
import { anyPart, atStart, option, type PartReader, QUADLET_VALUE, type WordSummaries, wordAmong } from "./terms.ts";

const NETWORKS: WordSummaries = {
  bridge: "A bridge of its own, which is podman's way for root.",
  host: "The network of the machine: nothing is kept apart.",
  none: "No network but the loopback interface.",
  private: "A network namespace of its own.",
  pasta: "User-mode networking, which is podman's way for other users.",
  slirp4netns: "User-mode networking of older podman.",
  "container:": "The network of another container.",
  "ns:": "The network namespace of a path.",
};

/** A mode or the name of a network, then options after a colon. */
const NETWORK: PartReader = (piece, into) => {
  const colon = piece.text.indexOf(":");
  const name = colon < 0 || /^(?:container|ns):/.test(piece.text) ? piece : part(piece, 0, colon);
  wordAmong(NETWORKS, "network", {
    others: () => true,
    lookup: { kind: "units", kinds: ["network", "container"] },
    role: "name",
  })(name, into);
  if (name !== piece && piece.exact) {
    into.token(name.to, name.to + 1, "operator");
    into.token(name.to + 1, piece.to, "text");
  }
  return undefined;
};

const VOLUME_OPTIONS: WordSummaries = {
  ro: "Cannot be written to.",
  rw: "Can be written to, which holds by itself.",
  Z: "Gets an SELinux label for this container alone.",
  z: "Gets an SELinux label that containers share.",
  U: "Changes the owner of all files to that of the container.",
  O: "Is an overlay: what is written is gone with the container.",
  idmap: "Maps the IDs of files as the user namespace does.",
  noexec: "No programs can be run from it.",
  exec: "Programs can be run from it.",
  nodev: "Device nodes in it have no effect.",
  dev: "Device nodes in it work.",
  nosuid: "Set-user-ID bits in it have no effect.",
  suid: "Set-user-ID bits in it work.",
  copy: "What the image has there is copied to a new volume.",
  nocopy: "Nothing is copied to a new volume.",
  rbind: "Brings mounts below it along.",
  bind: "Leaves mounts below it out.",
  rprivate: "Mounts show on neither side.",
  private: "Mounts show on neither side.",
  rshared: "Mounts show on both sides.",
  shared: "Mounts show on both sides.",
  rslave: "Mounts of the machine show in the container.",
  slave: "Mounts of the machine show in the container.",
  unbindable: "Cannot be mounted again.",
  runbindable: "Cannot be mounted again.",
};

const isVolumeOption = (text: string): boolean =>
  /^(?:(?:upperdir|workdir|idmap|subpath|size|mode|volume-opt)=|(?:no|rel|strict|lazy|nodir|dir)?atime$)/.test(text) ||
  // Those of Docker on other systems are silently dropped.
  ["no-dereference", "cached", "delegated", "consistent", "tmpcopyup", "notmpcopyup"].includes(text);

/** `[SOURCE:]DESTINATION[:OPTIONS]`. */
const VOLUME: PartReader = (piece, into) => {
  const [source = "", ...rest] = piece.text.split(":");
  const first = part(piece, 0, source.length);
  into.slot(first.from, first.to, () => [], { kind: "units", kinds: ["volume"] });
  into.slot(first.from, first.to, () => [], { kind: "paths" });
  into.token(first.from, first.to, /^[./%~]/.test(source) ? "path" : "name");
  if (rest.length === 0 || !piece.exact) return undefined;
  const [destination = "", ...more] = rest;
  const at = source.length + 1;
  into.token(piece.from + at, piece.from + at + destination.length, "path");
  if (more.length === 0) return undefined;
  let start = at + destination.length + 1;
  let issue: ReturnType<PartReader>;
  for (const text of more.join(":").split(",")) {
    const word = part(piece, start, start + text.length);
    start += text.length + 1;
    into.slot(word.from, word.to, () =>
      Object.entries(VOLUME_OPTIONS).map(([it, summary]) => ({ text: it, summary, role: "word" })),
    );
    const summary = Object.hasOwn(VOLUME_OPTIONS, text) ? VOLUME_OPTIONS[text] : undefined;
    into.token(word.from, word.to, "word", summary === undefined ? undefined : wordTopic(text, summary));
    if (summary !== undefined || text === "" || isVolumeOption(text)) continue;
    issue ??= {
      from: word.from,
      to: word.to,
      code: QUADLET_VALUE,
      ...atStart(unknown(word, "mount option")),
      fixes: meant(word, Object.keys(VOLUME_OPTIONS)),
    };
  }
  return issue;
};

const path = (form: string, offers: readonly Offer[] = []): Grammar =>
  option(form, anyPart("path", offers, { kind: "paths" }));

const text = (form: string, offers: readonly Offer[] = []): Grammar => option(form, anyPart("text", offers));

const word = (it: string, summary?: string): Offer => ({ text: it, role: "word", ...(summary ? { summary } : {}) });

/** Names, paths, and what stands for other quadlets. */
export const QUADLET_PLACES = {
  quadletText: text("text"),
  quadletName: option("a name", anyPart("name")),
  quadletShell: text("a command line; `none` for no check"),
  quadletNetwork: option("a network mode, the name of a network, or a quadlet such as `x.network`", NETWORK),
  quadletVolume: option("`[SOURCE:]DESTINATION[:OPTIONS]`; the source may be a quadlet such as `x.volume`", VOLUME),
  quadletImage: option(
    "the name of an image with its registry, or a quadlet such as `x.image` or `x.build`",
    anyPart("name", [word("docker.io/library/"), word("ghcr.io/"), word("quay.io/")], {
      kind: "units",
      kinds: ["image", "build"],
    }),
  ),
  quadletReference: option(
    "the name of an image with its registry",
    anyPart("name", [word("docker.io/library/"), word("ghcr.io/"), word("quay.io/")]),
  ),
  quadletPod: option("the name of a quadlet such as `x.pod`", anyPart("name", [], { kind: "units", kinds: ["pod"] })),
  quadletPath: path("a path"),
  quadletSeccomp: path("the path of a profile, or `unconfined`", [word("unconfined", "No system call is filtered.")]),
  quadletAppArmor: text("the name of a profile, or `unconfined`", [
    word("unconfined", "No profile confines the container."),
  ]),
  quadletHealthLog: path("a folder, `local` or `events_logger`", [
    word("local", "Beside the data of the container."),
    word("events_logger", "In podman's log of events."),
  ]),
  quadletTmpfs: option("a path, with options after a colon", (piece, into) => {
    const colon = piece.text.indexOf(":");
    return anyPart("path", [word("/tmp"), word("/run"), word("/var/tmp")], { kind: "paths" })(
      colon < 0 ? piece : part(piece, 0, colon),
      into,
    );
  }),
  quadletTimezone: text("a time zone such as `Europe/Berlin`, or `local`", [
    word("local", "The time zone of the machine."),
  ]),
  quadletUser: option("a name or number inside the container", anyPart("name")),
  quadletHost: text("`NAME:ADDRESS`, where `host-gateway` is the machine"),
  quadletArch: text(
    "an architecture",
    ["amd64", "arm64", "arm", "riscv64", "ppc64le", "s390x"].map((it) => word(it)),
  ),
} as const satisfies Record<string, Grammar>;
