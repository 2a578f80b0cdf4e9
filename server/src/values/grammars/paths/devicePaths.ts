import { BPF_ATTACH_TYPES } from "../../../facts/bpfAttachTypes.ts";
import { DEVICES } from "../../../facts/devices.ts";
import { firstWord, splitWords } from "../../../syntax/words.ts";
import { brokenAt } from "../../broken.ts";
import { grammar, wordPiece } from "../../combine.ts";
import { expand, isIssue } from "../../expand.ts";
import type { Grammar, Issue, Offer, Piece, Reader } from "../../grammar.ts";
import { oneOf } from "../../oneOf.ts";
import { isDevicePath, pathFault, simplifyPath } from "../../path.ts";
import { colourless, part, wordTopic } from "../../piece.ts";
import { noValue } from "../../wording.ts";
import { path, readPath } from "./path.ts";

const CODE = "value/device";

const NODE = path({ form: "the path of a device", must: "any", begins: [] });

const DEVICE_OFFERS: readonly Offer[] = DEVICES.map((it) => ({
  ...it,
  role: it.text.startsWith("/") ? "path" : "name",
}));

/** Follows config_parse_device_allow(), systemd 257 to 262: after the device everything is taken for rights, quotes too. */
function readDeviceAllow(value: Piece, into: Reader): Issue | undefined {
  const found = firstWord(value.text, 0, "quotes");
  if (!found) return readDevice(value, into);
  if ("kind" in found) return brokenAt(value, found);
  const device = wordPiece(value, found.word);
  const wrong = readDevice(device, into);
  const { cursor } = into;
  if (found.next === undefined && cursor !== undefined && cursor > device.to)
    into.slot(cursor, cursor, () => RIGHT_OFFERS);
  if (found.next === undefined) return wrong;
  return wrong ?? readRights(part(value, found.next), into);
}

function readDevice(device: Piece, into: Reader): Issue | undefined {
  into.slot(device.from, device.to, () => DEVICE_OFFERS);
  const resolved = expand(device, "full", into);
  if (isIssue(resolved)) return resolved;
  const { from, to, text } = resolved;
  const known = DEVICES.find((it) => it.text === text);
  const topic = known && wordTopic(known.text, known.summary);
  if (/^(?:block|char)-/.test(text)) {
    into.token(from, to, "name", topic);
    return undefined;
  }
  into.token(from, to, "path", topic);
  const wrong = NODE.read(resolved, colourless(into));
  if (!resolved.certain) return undefined;
  if (wrong && pathFault(text, "any")) return { ...wrong, code: CODE };
  if (isDevicePath(simplifyPath(text))) return undefined;
  const wording = noValue(resolved, "a path below /dev, or char- or block- with a driver");
  const fixes = ["/dev/", "char-", "block-"]
    .map((start) => start + text)
    .filter((it) => device.exact && DEVICES.some((other) => other.text === it))
    .map((it) => ({ title: `Change to ${it}`, from, to, text: it }));
  return { from, to, code: CODE, ...wording, fixes };
}

const RIGHTS: Readonly<Record<string, string>> = { r: "read", w: "write", m: "create the node with mknod()" };

const RIGHT_OFFERS: readonly Offer[] = [
  { text: "r", summary: "The device can be read.", role: "word" },
  { text: "w", summary: "The device can be written.", role: "word" },
  { text: "m", summary: "Device nodes can be created.", role: "word" },
  { text: "rw", summary: "The device can be read and written.", role: "word" },
  { text: "rwm", summary: "All rights, which is also the default.", role: "word" },
];

function readRights(rights: Piece, into: Reader): Issue | undefined {
  const { from, to, text } = rights;
  into.slot(from, to, () => RIGHT_OFFERS);
  if (!/^[rwm]*$/.test(text)) {
    const bare = text
      .toLowerCase()
      .replace(/["', \t]/g, "")
      .replace("rwx", "rw");
    const fixes = /^[rwm]+$/.test(bare) ? [{ title: `Change to ${bare}`, from, to, text: bare }] : [];
    return { from, to, code: CODE, ...noValue(rights, "rights of r, w and m"), fixes };
  }
  into.token(
    from,
    to,
    "word",
    wordTopic(text, `The service can ${[...new Set(text)].map((it) => RIGHTS[it]).join(", ")}.`),
  );
  return undefined;
}

const BPF_CODE = "value/bpf-program";

const ATTACH_TYPE = oneOf(BPF_ATTACH_TYPES, {
  code: BPF_CODE,
  what: "BPF attachment type",
  form: "an attachment type",
});

const PROGRAM = path({
  form: "the absolute path of a program",
  begins: [{ text: "/sys/fs/bpf/", summary: "Where BPF programs are pinned.", role: "path" }],
});

/** Follows config_parse_bpf_foreign_program(), systemd 257 to 262. */
function readProgram(value: Piece, into: Reader): Issue | undefined {
  const { words, rest, error } = splitWords(value.text, { separators: ":", escapes: "next", coalesce: true }, 1);
  if (error) return brokenAt(value, error);
  const [first] = words;
  const type = first ? wordPiece(value, first) : value;
  const wrong = ATTACH_TYPE.read(type, into);
  const open = value.text.endsWith(":") && into.cursor === value.to;
  if (rest === undefined && !open) {
    const { from, to } = value;
    return { from, to, code: BPF_CODE, ...noValue(value, "an attachment type, : and a path") };
  }
  if (wrong) return wrong;
  return readPath(part(value, rest ?? value.text.length), PROGRAM, "full", into);
}

/** Devices, and BPF programs that watch over them or the network. */
export const DEVICE_PATHS = {
  deviceAllow: grammar(
    "device_allow",
    "a path below `/dev`, or `char-` or `block-` with a driver, and optional rights of `r`, `w` and `m`",
    "reset",
    readDeviceAllow,
  ),
  bpfForeignProgram: grammar(
    "bpf_foreign_program",
    "an attachment type, `:` and the absolute path of a program",
    "reset",
    readProgram,
  ),
} as const satisfies Record<string, Grammar>;
