import type { Term } from "../../../values/grammar.ts";
import { meant, spellAs } from "../../../values/oneOf.ts";
import { issueAt, wordTopic } from "../../../values/piece.ts";
import { unknown } from "../../../values/wording.ts";

/** The architectures that partitions are named after. Follows gpt_partition_type_table, systemd 257. */
const ARCHITECTURES = (
  "alpha arc arm armv7l arm64 aarch64 ia64 loongarch64 loong64 mips mips64 mips-le mipsel mips64-le mips64el parisc hppa " +
  "ppc ppc64 ppc64-le ppc64le ppc64el riscv32 riscv64 s390 s390x tilegx x86 i386 i486 i586 i686 x86-64 x86_64 amd64 secondary"
).split(" ");

const OF_EVERY_MACHINE: Readonly<Record<string, string>> = {
  esp: "The EFI system partition, from which the firmware boots.",
  xbootldr: "The partition of the boot loader with more kernels.",
  root: "The root file system, for this architecture.",
  "root-verity": "The hashes that prove the root file system.",
  "root-verity-sig": "The signature of the root hash of the root file system.",
  usr: "What is mounted on `/usr`, for this architecture.",
  "usr-verity": "The hashes that prove `/usr`.",
  "usr-verity-sig": "The signature of the root hash of `/usr`.",
  home: "What is mounted on `/home`.",
  srv: "What is mounted on `/srv`.",
  var: "What is mounted on `/var`.",
  tmp: "What is mounted on `/var/tmp`.",
  swap: "Swap space.",
  "user-home": "The home directory of a user.",
  "linux-generic": "Any other partition of Linux.",
};

const OF_ARCHITECTURE = /^(?:root|usr)-(.+?)(?:-verity(?:-sig)?)?$/;

/** Follows sd_id128_from_string(), systemd 257 and 262: 32 digits, or those of a UUID with its dashes. */
export const isId128 = (text: string): boolean =>
  /^(?:[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i.test(text);

/** The type of a partition by its name or its UUID. Follows gpt_partition_type_from_string(), systemd 257 and 262. */
export const PARTITION_TYPE: Term = {
  form: "a type of partition such as `root` or `esp`, or a UUID",
  read(piece, into) {
    const { text, from, to } = piece;
    into.slot(from, to, () =>
      Object.entries(OF_EVERY_MACHINE).map(([word, summary]) => ({ text: word, summary, role: "word" })),
    );
    const summary = OF_EVERY_MACHINE[text];
    const architecture = OF_ARCHITECTURE.exec(text)?.[1];
    if (summary !== undefined || (architecture && ARCHITECTURES.includes(architecture))) {
      into.token(from, to, "word", wordTopic(text, summary ?? `A partition of the architecture ${architecture}.`));
      return undefined;
    }
    if (isId128(text)) {
      into.token(from, to, "number");
      return undefined;
    }
    const wording = text === "" ? "needs a type of partition" : unknown(piece, "type of partition");
    if (into.brief) return issueAt(piece, "value/partition", wording);
    const lower = text.toLowerCase();
    const fixes = lower in OF_EVERY_MACHINE ? [spellAs(piece, lower)] : meant(piece, Object.keys(OF_EVERY_MACHINE));
    return issueAt(piece, "value/partition", wording, fixes);
  },
};
