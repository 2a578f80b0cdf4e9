import { type InValue, inValues } from "../../service/pathUses.ts";
import { COMMAND_SETTINGS } from "../../service/program.ts";
import { commandsIn } from "../../service/shellLine.ts";
import type { AssignedLine } from "../../syntax/tree.ts";
import { splitWords } from "../../syntax/words.ts";
import type { Unit } from "../../units/unit.ts";
import { commandLineOf } from "../../units/unitCommands.ts";
import { argumentsOf } from "./secretArguments.ts";
import { isSecret, isWebhook, type Literal, OTHERWISE, openAddress, secretShape } from "./secretWords.ts";

/** A secret with its place. */
export interface Secret extends Literal, InValue {}

/** The secrets that a file writes out in its environment, in the arguments of its commands and in SetCredential=. */
export const secretsOf = (unit: Unit): readonly Secret[] =>
  unit.memory.query(
    "secrets",
    readers.map((read) => read(unit)),
    (...lists) => lists.flat(),
  );

function inEnvironment({ value: { text } }: AssignedLine): readonly Literal[] {
  if (!/[=]/.test(text)) return NONE;
  return splitWords(text, "escapes").words.flatMap(({ value, from, to }): Literal[] => {
    const at = value.indexOf("=");
    const name = value.slice(0, at);
    if (at < 1 || !/^\w+$/.test(name)) return [];
    const content = value.slice(at + 1);
    if (isSecret(name, content) || secretShape(content)) {
      const other = OTHERWISE[name.toUpperCase()];
      if (other === null) return [{ what: name, name, kind: "place", from, to }];
      const how = other ? ({ kind: "file", file: other } as const) : ({ kind: "variable" } as const);
      return [{ what: name, name, from, to, ...how }];
    }
    const what = openAddress(content);
    return what === undefined ? [] : [{ what, name, kind: isWebhook(content) ? "variable" : "place", from, to }];
  });
}

/** What a secret of an argument has in it at least. */
const WORTH_A_LOOK =
  /pass|secret|token|key|auth|login|:\/\/|mysql|maria|-cli|curl|mongo|ldap|zip|7z|mosquitto|ipmi|rcon|transmission|x11vnc|lftp|smb|_|-H/i;

function inCommands(line: AssignedLine): readonly Literal[] {
  if (!WORTH_A_LOOK.test(line.value.text)) return NONE;
  return commandLineOf(line).commands.flatMap((command) => commandsIn(command).flatMap(argumentsOf));
}

function inCredential({ value: { text } }: AssignedLine): readonly Literal[] {
  const at = text.indexOf(":");
  const name = text.slice(0, Math.max(0, at)).trim();
  return at > 0 && isSecret(name, text.slice(at + 1))
    ? [{ what: name, name, kind: "credential", from: 0, to: text.length }]
    : NONE;
}

const readers = [
  inValues("Environment", inEnvironment),
  ...COMMAND_SETTINGS.map((it) => inValues(it, inCommands)),
  inValues("SetCredential", inCredential),
];

const NONE: readonly never[] = [];
