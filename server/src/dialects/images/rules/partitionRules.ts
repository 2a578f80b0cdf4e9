import { holdsIn } from "../../../facts/version.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { settingsIn } from "../../../units/settingsReader.ts";
import type { Unit } from "../../../units/unit.ts";
import { parseBoolean } from "../../../values/boolean.ts";
import { parseSize } from "../../../values/size.ts";
import { atLineOrHeader, isWholeFile } from "./atLine.ts";

/** What ends the work of systemd-repart: where, and why. */
type Refusal = readonly [line: Assignment | undefined, why: string];

const refused: Rule = {
  code: "image/partition",
  *check(unit): Iterable<Found> {
    if (!isWholeFile(unit, "repart")) return;
    const [first] = refusals(unit);
    if (!first) return;
    const [line, why] = first;
    yield* atLineOrHeader(unit, line, "Partition", `${why}: systemd-repart ends with an error`);
  },
};

/** File systems that are read-only. Follows fstype_is_ro(), systemd 257 and 262. */
const READ_ONLY = new Set(["DM_verity_hash", "cramfs", "erofs", "iso9660", "squashfs"]);

/** In the order in which it looks. Follows partition_read_definition(), systemd 257 and 262. */
function* refusals(unit: Unit): Iterable<Refusal> {
  const line = (name: string): Assignment | undefined => settingsIn(unit, "Partition").last(name);
  const some = (...names: readonly string[]): Assignment | undefined => names.map(line).find((it) => it !== undefined);
  yield* bounds(line("SizeMinBytes"), line("SizeMaxBytes"), unit);
  yield* bounds(line("PaddingMinBytes"), line("PaddingMaxBytes"), unit);
  const type = line("Type");
  if (!type || /^[0-]+$/.test(type.text)) yield [type, "Type= is missing"];
  const filled = some(
    "CopyFiles",
    "MakeDirectories",
    "MakeSymlinks",
    ...(holdsIn(STRICT_VERITY, unit.version) ? [] : ["Subvolumes"]),
  );
  const format = line("Format");
  const blocks = line("CopyBlocks");
  const validated = line("AddValidateFS");
  const made =
    format ??
    some("CopyFiles", "MakeDirectories", "MakeSymlinks") ??
    (validated && parseBoolean(validated.text) ? validated : undefined);
  const replaced = line("BlockDeviceReplace");
  if (blocks && made) yield [blocks, `CopyBlocks= does not go with ${made.key}=`];
  if (replaced && made) yield [replaced, `BlockDeviceReplace= does not go with ${made.key}=`];
  if (replaced && blocks) yield [replaced, "BlockDeviceReplace= does not go with CopyBlocks="];
  const populated = some("CopyFiles", "MakeDirectories", "MakeSymlinks");
  if (format?.text === "swap" && populated) yield [populated, `${populated.key}= does not go with Format=swap`];
  const verity = line("Verity");
  const role = verity?.text ?? "off";
  yield* minimized(line("Minimize"), format, role, unit);
  if (format && READ_ONLY.has(format.text) && !filled)
    yield [format, `Format=${format.text} needs files, which CopyFiles= and similar settings name`];
  const key = line("VerityMatchKey");
  if (verity && role !== "off" && !key) yield [verity, `Verity=${role} needs VerityMatchKey=`];
  if (key && role === "off") yield [key, "VerityMatchKey= needs Verity="];
  yield* protectedBy(line, role, made, blocks, unit);
  const chosen = line("DefaultSubvolume");
  if (chosen && !subvolumesOf(unit).has(chosen.text)) yield [chosen, "DefaultSubvolume= has to be one of Subvolumes="];
  const other = line("SupplementFor");
  const encrypt = line("Encrypt");
  const encrypted = encrypt !== undefined && parseBoolean(encrypt.text) !== false && encrypt.text !== "";
  if (other && /[/]/.test(other.text)) yield [other, "SupplementFor= takes the name of a file, not a path"];
  if (other && (blocks || encrypted || role !== "off"))
    yield [other, "SupplementFor= does not go with CopyBlocks=, Encrypt= and Verity="];
  const volume = line("VolumeName");
  if (volume && !encrypted) yield [volume, "VolumeName= needs Encrypt="];
  else if (volume && !replaced) yield [volume, "VolumeName= needs BlockDeviceReplace="];
  const integrity = line("Integrity");
  const inline = integrity !== undefined && parseBoolean(integrity.text) !== false && integrity.text !== "off";
  if (integrity && inline && !encrypted) yield [integrity, "Integrity=inline needs Encrypt="];
  const discard = line("Discard");
  if (discard && inline && encrypted && parseBoolean(discard.text) === true)
    yield [discard, "Discard=yes does not go with Integrity=inline"];
}

function* bounds(low: Assignment | undefined, high: Assignment | undefined, unit: Unit): Iterable<Refusal> {
  const least = bytesOf(low, unit);
  const most = bytesOf(high, unit);
  if (low && high && least !== undefined && most !== undefined && least > most)
    yield [high, `${high.key}= is smaller than ${low.key}=`];
}

const GRAIN = 4096n;

const OTHER_WAY_ROUND = { since: 258 };

/** Before systemd 258 lower bounds are rounded down and upper ones up; later it is the other way round. */
function bytesOf(line: Assignment | undefined, { version }: Unit): bigint | undefined {
  const size = line && parseSize(line.text, 1024);
  if (!size || "error" in size) return undefined;
  const up = line.key.includes("Min") === holdsIn(OTHER_WAY_ROUND, version);
  return ((size.bytes + (up ? GRAIN - 1n : 0n)) / GRAIN) * GRAIN;
}

/** Since when a file system of btrfs can be made smaller, too. */
const SHRINKS_BTRFS = { since: 258 };

function* minimized(
  line: Assignment | undefined,
  format: Assignment | undefined,
  role: string,
  unit: Unit,
): Iterable<Refusal> {
  if (!line || parseBoolean(line.text) === false || line.text === "off" || role === "hash") return;
  if (!format) yield [line, "Minimize= needs Format= or Verity=hash"];
  const best = line.text !== "guess";
  const shrinks =
    format && (READ_ONLY.has(format.text) || (format.text === "btrfs" && holdsIn(SHRINKS_BTRFS, unit.version)));
  if (best && format && !shrinks)
    yield [line, `Minimize=best does not go with Format=${format.text}, which can be written`];
}

/** Until when no partition of dm-verity is copied or encrypted. */
const STRICT_VERITY = { until: 258 };

/** What partitions of dm-verity cannot have. */
function* protectedBy(
  line: (name: string) => Assignment | undefined,
  role: string,
  made: Assignment | undefined,
  blocks: Assignment | undefined,
  { version }: Unit,
): Iterable<Refusal> {
  if (role === "off") return;
  const proves = role === "hash" || role === "signature";
  const filled = made ?? (holdsIn(STRICT_VERITY, version) ? blocks : undefined);
  if (proves && filled) yield [filled, `${filled.key}= does not go with Verity=${role}`];
  const encrypt = line("Encrypt");
  if (
    encrypt &&
    parseBoolean(encrypt.text) !== false &&
    encrypt.text !== "off" &&
    (proves || holdsIn(STRICT_VERITY, version))
  )
    yield [encrypt, `Encrypt= does not go with Verity=${role}`];
  const size = line("SizeMinBytes") ?? line("SizeMaxBytes");
  if (role === "signature" && size) yield [size, `${size.key}= does not go with Verity=signature`];
}

/** The places of all subvolumes. */
const subvolumesOf = (unit: Unit): ReadonlySet<string> =>
  new Set(
    settingsIn(unit, "Partition")
      .list("Subvolumes")
      .flatMap(({ text }) => text.split(/\s+/).map((it) => it.replace(/["']/g, "").split(":", 1)[0] ?? "")),
  );

const withoutEffect: Rule = {
  code: "image/encryption",
  *check(unit): Iterable<Found> {
    if (!isWholeFile(unit, "repart")) return;
    const encrypt = settingsIn(unit, "Partition").last("Encrypt");
    if (encrypt && parseBoolean(encrypt.text) !== false && encrypt.text !== "off") return;
    const discard = settingsIn(unit, "Partition").last("Discard");
    const idle = [
      settingsIn(unit, "Partition").last("EncryptKDF"),
      discard && parseBoolean(discard.text) === true ? discard : undefined,
    ];
    for (const line of idle)
      if (line)
        yield* atLineOrHeader(unit, line, "Partition", `${line.key}= has no effect without Encrypt=`, "warning");
  },
};

/** What systemd-repart says of a partition as a whole. */
export const PARTITION_RULES: readonly Rule[] = alsoInDropIns([refused, withoutEffect]);
