import type { RefusalReason } from "../../server/src/dialects/quadlets/generator/refusals.ts";
import { QUADLET_SECTIONS, quadletKeysIn } from "../../server/src/facts/quadlets/keys.ts";

/** The options of podman whose value is the next word. */
const VALUE_OPTIONS = new Set([
  ...QUADLET_SECTIONS.flatMap((it) => quadletKeysIn(it))
    .filter(({ kind, option }) => option !== undefined && !kind.startsWith("bool") && !/[=:]$/.test(option))
    .map(({ option = "" }) => option.split(" ")[0] ?? ""),
  "--security-opt",
  "--opt",
  "--pod-id-file",
  "--infra-name",
]);

/** The words of a command line as they stand there, quotes included. */
export const commandWords = (line: string): string[] =>
  [...line.matchAll(/ ?("(?:[^"\\]|\\.)*"|[^ ]*)/gs)].map(([, word = ""]) => word).filter((it) => it !== "");

/**
 * A command line for comparison: the order of options counts among those of the same name, since the generator writes
 * groups of them in an order that changes from run to run, and that of all other words.
 */
export function comparableCommand(line: string): string {
  const words = commandWords(line);
  const options = new Map<string, string[]>();
  const others: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (VALUE_OPTIONS.has(word)) options.set(word, [...(options.get(word) ?? []), words[++at] ?? ""]);
    else if (/^"?--?[a-z]/.test(word)) options.set(word, [...(options.get(word) ?? []), ""]);
    else others.push(word);
  }
  const sorted = [...options]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, values]) => `${name}(${values.join("|")})`);
  return [...sorted, ...others].join(" ");
}

/** A line of a service for comparison. */
export const comparableLine = (line: string): string =>
  /^Exec\w+=/.test(line) ? line.replace(/=.*$/s, (it) => `=${comparableCommand(it.slice(1))}`) : line;

/** The lines of a text that are not empty, for comparison. */
export const comparableLines = (text: string): string[] =>
  text
    .split("\n")
    .filter((it) => it.trim() !== "")
    .map(comparableLine);

/** What the generator's messages say, by our reasons. */
const MESSAGES: Readonly<Partial<Record<RefusalReason, RegExp>>> = {
  "artifact-missing": /^no Artifact key/,
  "container-network-options": /^extra options are not supported/,
  dependency: /^unable to translate dependency/,
  "file-missing": /^no File key/,
  "file-relative": /^relative path in File key/,
  "gateway-without-subnet": /^cannot set gateway or range without subnet/,
  "gid-without-remap": /^GidMap set without/,
  "group-without-user": /^invalid Group set without User/,
  "image-and-rootfs": /^the Image And Rootfs keys conflict/,
  "image-missing": /^no Image (?:or Rootfs )?key/,
  "image-not-found": /^requested Quadlet image/,
  "kill-mode": /^invalid KillMode/,
  "link-not-found": /^requested Quadlet (?:unit|source)/,
  "more-gateways": /^cannot set more gateways/,
  "more-ranges": /^cannot set more ranges/,
  "mount-format": /^incorrect mount format|^parse error on line|^record on line/,
  "mount-source": /^source cannot be empty|^source parameter is required/,
  "mount-source-value": /^source parameter does not include/,
  "pod-not-found": /^quadlet pod unit/,
  "pod-not-quadlet": /^pod .* is not Quadlet based/s,
  port: /^invalid port format/,
  "reload-both": /^ReloadCmd and ReloadSignal/,
  "remap-keep-id-system": /^RemapUsers=keep-id is unsupported/,
  "remap-manual": /^RemapUsers=manual/,
  "remap-several": /^RemapUsers=keep-id supports only a single/,
  "remap-unknown": /^unsupported RemapUsers/,
  "remap-with-mapping": /^deprecated Remap keys/,
  "resource-name": /^cannot get the resource name/,
  "service-type": /^invalid service Type/,
  "tag-missing": /^no ImageTag key/,
  "uid-without-remap": /^UidMap set without/,
  "unknown-key": /^unsupported key/,
  "volume-image-missing": /^the key Image is mandatory/,
  "volume-without-device": /^key \w+ can't be used without Device/,
  "working-directory": /^unsupported value for WorkingDirectory|^SetWorkingDirectory=\w+ is only/i,
  "working-directory-missing": /^neither SetWorkingDirectory/,
  "yaml-missing": /^no Yaml key/,
  "yaml-several": /^SetWorkingDirectory=yaml is only supported when/,
  unreadable: /^file contains line|^key file does not start|^invalid (?:group|key) name/,
};

/** Whether a message of the generator says what one of our reasons does. */
export const saysReason = (message: string, reason: RefusalReason): boolean => MESSAGES[reason]?.test(message) ?? false;

/** A message of the generator about one file. */
export interface GeneratorMessage {
  readonly file: string;
  readonly text: string;
}

/** The refusals among the generator's messages; warnings are none. */
export function refusalMessages(messages: readonly string[]): GeneratorMessage[] {
  return messages
    .flatMap((it) => it.split("\n"))
    .flatMap((line) => {
      const [, converted, why = ""] = /^(?:Error )?converting ['"](.*?)['"](?:, ignoring)?: (.*)$/s.exec(line) ?? [];
      if (converted !== undefined) return [{ file: converted, text: why }];
      const [, path, broken = ""] = /^(?:E|e)rror loading ['"](.*?)['"](?:, ignoring:|,) (.*)$/s.exec(line) ?? [];
      return path === undefined ? [] : [{ file: path.slice(path.lastIndexOf("/") + 1), text: broken }];
    });
}
