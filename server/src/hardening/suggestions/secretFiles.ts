import { type InValue, inValues } from "../../service/pathUses.ts";
import { splitWords, type Word } from "../../syntax/words.ts";
import type { Unit } from "../../units/unit.ts";
import { commandLineOf } from "../../units/unitCommands.ts";

/** A path of a secret in a value; offsets count in its text. */
interface FoundFile {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** The same with its place. */
export interface SecretFile extends FoundFile, InValue {}

/** The keys and password files that the commands and the environment of a unit name by their path. */
export const secretFilesOf = (unit: Unit): readonly SecretFile[] =>
  unit.memory.query("secret files", [filesInCommands(unit), filesInEnvironment(unit)], (...lists) => lists.flat());

/** Where secrets lie that a service does not make itself. */
const PLACE = /^\/(?:etc|root|home|usr\/local\/etc|opt|srv)\/[^\s:,;"'\\$%]*[^\s:,;"'\\$%/]$/;
const KEY = /\.key$|\/id_(?:rsa|dsa|ecdsa|ed25519)$|\/private\/[^/]+$|\/[^/]*privkey[^/]*$/i;
const NAMED =
  /(?:^|[_.-])(?:\w*key|\w*password|\w*passwd|\w*passphrase|\w*secret|\w*token|credentials?)(?:[_.-]?(?:file|path))?$/i;
const PUBLIC =
  /^\/etc\/(?:passwd|group)$|\.(?:pub|crt|cert|cer|conf|cfg|ya?ml|toml|ini|json)$|(?:^|[_.-])(?:public|pub|authorized|known|trusted|host)[_.-]?\w*key/i;

/** Whether a path with what stands before it names a secret. */
const isSecretFile = (name: string, path: string): boolean =>
  path.length < 300 &&
  name.length < 100 &&
  PLACE.test(path) &&
  !PUBLIC.test(path) &&
  !PUBLIC.test(name) &&
  (KEY.test(path) || NAMED.test(name));

const filesInEnvironment = inValues("Environment", ({ value: { text } }) =>
  files(text, splitWords(text, "escapes").words),
);
const filesInCommands = inValues("ExecStart", (line) =>
  commandLineOf(line).commands.flatMap(({ prefixes, args }) =>
    prefixes.includes("+") ? [] : files(line.value.text, args),
  ),
);

function files(text: string, words: readonly Word[]): readonly FoundFile[] {
  return words.flatMap((word, i): FoundFile[] => {
    const [, ownName, behind] = /^-{0,2}([A-Za-z][\w.-]*)=(\/.*)$/s.exec(word.value) ?? [];
    const before = words[i - 1]?.value ?? "";
    const name = ownName ?? (/^--?[A-Za-z][\w.-]*$/.test(before) ? before.replace(/^-+/, "") : "");
    const path = behind ?? word.value;
    if (!isSecretFile(name, path)) return [];
    const from = text.indexOf(path, word.from);
    return from >= 0 && from + path.length <= word.to ? [{ path, from, to: from + path.length }] : [];
  });
}
