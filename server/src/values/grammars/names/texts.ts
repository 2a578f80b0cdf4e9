import { holdsIn } from "../../../facts/version.ts";
import { grammar } from "../../combine.ts";
import type { Grammar, Lookup, Offer, Piece, Reader } from "../../grammar.ts";
import { pathFault } from "../../path.ts";
import { issueAt, part, wordTopic } from "../../piece.ts";
import { noValue } from "../../wording.ts";
import { plain, readPlain } from "./plain.ts";

/** Follows free text: what systemd hands on without a look at it. */
export const TEXTS = {
  string: plain("string", { form: "any text", specifiers: "none" }),
  unitStringPrintf: plain("unit_string_printf", { form: "any text, with specifiers", specifiers: "full" }),

  rebootParameter: plain("reboot_parameter", {
    form: "ASCII text of up to 255 bytes",
    specifiers: "full",
    issue: (it, { version }) =>
      /^[\x01-\x7f]{0,255}$/.test(it.text) || !holdsIn(CHECKS_ARGUMENT, version)
        ? undefined
        : issueAt(it, "value/name", noValue(it, "up to 255 ASCII characters")),
  }),

  /** Names descriptors for sd_listen_fds_with_names(). */
  fdname: plain("fdname", {
    form: "ASCII text of up to 255 bytes without a colon",
    specifiers: "full",
    role: "name",
    issue: (it) =>
      /^[\x20-\x39\x3b-\x7e]{0,255}$/.test(it.text)
        ? undefined
        : issueAt(it, "value/name", noValue(it, "up to 255 ASCII characters without a colon")),
  }),

  execSelinuxContext: label("exec_selinux_context", "an SELinux context"),
  execApparmorProfile: label("exec_apparmor_profile", "an AppArmor profile"),
  execSmackProcessLabel: label("exec_smack_process_label", "a SMACK label"),

  mountNode: plain("mount_node", {
    form: "a device, `UUID=` or `LABEL=` with a value, or another source of a mount",
    specifiers: "full",
    role: "path",
    issue: (it, { kind, version }) => {
      if (kind !== "swap" || it.text === "" || holdsIn(ANY_NODE, version)) return undefined;
      const fault = pathFault(it.text, "absolute");
      return fault && issueAt(it, "value/path", noValue(it, "an absolute path"));
    },
    slot: (value, into) => {
      const end = value.text.indexOf("=") + 1;
      if (end === 0 || TAGS.every(({ text }) => text !== value.text.slice(0, end)))
        into.slot(value.from, value.to, () => TAGS, PATHS);
      else into.slot(value.from, value.from + end, () => TAGS);
    },
  }),

  /** Gone features, whose values nobody reads. */
  warnCompat: {
    kind: "grammar",
    routine: "config_parse_warn_compat",
    form: "anything, as systemd ignores it",
    empty: "nothing",
    plain: true,
    read: (value, into) => into.token(value.from, value.to, "text"),
  },
} as const satisfies Record<string, Grammar>;

/** Since when the argument of a reboot is looked at; the fixes of the other two brought it too. */
const CHECKS_ARGUMENT = { since: 256, except: [252, 254] };

/** Since when a swap is named as a mount is, by any text. */
const ANY_NODE = { since: 256 };

const PATHS: Lookup = { kind: "paths" };

const TAGS: readonly Offer[] = [
  { text: "UUID=", summary: "The UUID of the file system, as `blkid` prints it", role: "word" },
  { text: "LABEL=", summary: "The label of the file system", role: "word" },
  { text: "PARTUUID=", summary: "The UUID of the partition in a GPT table", role: "word" },
  { text: "PARTLABEL=", summary: "The name of the partition in a GPT table", role: "word" },
  { text: "ID=", summary: "A name below `/dev/disk/by-id`", role: "word" },
];

/** A label of a security module; without `-` systemd refuses the unit for an unknown specifier. */
function label(routine: string, what: string): Grammar {
  const specifiers = "full";
  return grammar(routine, `${what}; with the prefix \`-\` it may be unknown`, "unset", (value, into) => {
    const lenient = value.text.startsWith("-");
    if (lenient) readDash(value, into);
    readPlain(lenient ? part(value, 1) : value, { specifiers, effect: lenient ? "assignment" : "refused" }, into);
  });
}

function readDash({ from }: Piece, into: Reader): void {
  into.token(
    from,
    from + 1,
    "operator",
    wordTopic("-", "A label that the security module does not know is not a failure."),
  );
}
