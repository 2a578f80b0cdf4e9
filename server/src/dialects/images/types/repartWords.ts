import { grammar, single } from "../../../values/combine.ts";
import type { Term } from "../../../values/grammar.ts";
import { parseInteger } from "../../../values/number.ts";
import { issueAt } from "../../../values/piece.ts";
import type { ValueType } from "../../../values/valueType.ts";
import { noValue } from "../../../values/wording.ts";
import { isId128, PARTITION_TYPE } from "./partitionTypes.ts";

const NULL = "null";

const NEW_ID: Term = {
  form: "a UUID, or `null` for one of zeros",
  read(piece, into) {
    into.slot(piece.from, piece.to, () => [{ text: NULL, summary: "A UUID of zeros.", role: "word" }]);
    into.token(piece.from, piece.to, piece.text === NULL ? "word" : "number");
    return piece.text === NULL || isId128(piece.text)
      ? undefined
      : issueAt(piece, "value/partition", noValue(piece, "a UUID or null"));
  },
};

/** Names of registers of the TPM. Follows tpm2_pcr_index_from_string(), systemd 262. */
const REGISTERS = new Set(
  (
    "platform-code platform-config external-code external-config boot-loader-code boot-loader-config " +
    "secure-boot-policy kernel-initrd ima kernel-boot kernel-config sysexts shim-policy system-identity debug application-support"
  ).split(" "),
);

/** A register, optionally with a bank of hashes and a value. Follows tpm2_parse_pcr_argument(), systemd 262. */
function isRegister(text: string): boolean {
  const [, index = "", , value] = /^([^:=]+)(?::([^=]+))?(?:=(.+))?$/.exec(text) ?? [];
  const number = parseInteger(index);
  const known = number === undefined ? REGISTERS.has(index) : number >= 0n && number <= 23n;
  return known && (value === undefined || /^(?:0x)?(?:[0-9a-f]{2})+$/i.test(value));
}

/** Words of partitions. */
export const REPART_WORDS = {
  type: single("type", PARTITION_TYPE, { empty: "invalid", code: "value/partition", effect: "refused" }),
  uuid: single("uuid", NEW_ID, { empty: "unset" }),
  tpm2Pcrs: grammar("tpm2_pcrs", "registers of the TPM with `+` between them", "unset", (value, into) => {
    into.token(value.from, value.to, "text");
    return value.text.split("+").every((it) => it !== "" && isRegister(it))
      ? undefined
      : {
          ...issueAt(value, "value/number", noValue(value, 'registers of the TPM with "+" between them')),
          effect: "refused",
        };
  }),
  /** The file is read at once; what it needs is not in the text. */
  keyFile: grammar("key_file", "the path of a file with a key", "unset", (value, into) => {
    into.slot(value.from, value.to, () => [], { kind: "paths" });
    into.token(value.from, value.to, "path");
    return undefined;
  }),
} as const satisfies Record<string, ValueType>;
