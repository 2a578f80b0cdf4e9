import { GROUPS } from "../service/settingGroups.ts";
import { amount, arrayOf, line, mapOf, object, oneWordOf, optional, type Shape, trueOrFalse } from "../text/shapes.ts";
import type { Learnt } from "./learnt.ts";

/** The end of the name of such a file; before it stands the name of the unit. */
export const LEARNT_SUFFIX = ".learnt.json";

/** The name of the file for a unit, beside which it lies. */
export const learntFileName = (unit: string): string => `${unit}${LEARNT_SUFFIX}`;

/** What a file holds, or in one sentence why it cannot be used. */
export type ReadLearnt =
  | { readonly learnt: Learnt; readonly problem?: undefined }
  | { readonly learnt?: undefined; readonly problem: string };

/** Longer files are none of ours. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** Reads the text of a file, which anybody may have written: what is read is complete, and none of its texts acts. */
export function readLearnt(source: string): ReadLearnt {
  if (source.length > MAX_LENGTH) return { problem: "The file is too long for what was learnt about one service" };
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return { problem: "The file is no valid JSON" };
  }
  if (typeof value !== "object" || value === null) return { problem: "The file holds no object" };
  const { version } = value as { readonly version?: unknown };
  if (version !== 1)
    return { problem: typeof version === "number" && version > 1 ? NEWER : "The file has no version that is known" };
  const wrong = LEARNT(value, "");
  return wrong === undefined ? { learnt: value as Learnt } : { problem: `The file cannot be used: ${wrong}` };
}

const NEWER = "The file was written by a newer Unit Warden";

/** The text of the file: the same for the same content, with short objects on a line of their own. */
export const writeLearnt = (learnt: Learnt): string => `${pretty(learnt, "")}\n`;

const MAX_LINE = 200;

function pretty(value: unknown, indent: string): string {
  const line = JSON.stringify(value);
  if (typeof value !== "object" || value === null || line.length <= MAX_LINE - indent.length) return line;
  const inner = `${indent} `;
  if (Array.isArray(value)) return `[\n${value.map((it) => inner + pretty(it, inner)).join(",\n")}\n${indent}]`;
  const entries = Object.entries(value).filter(([, it]) => it !== undefined);
  return `{\n${entries.map(([key, it]) => `${inner}${JSON.stringify(key)}: ${pretty(it, inner)}`).join(",\n")}\n${indent}}`;
}

/** The settings that learning may give, and no other: a file must not bring commands. */
export const LEARNT_KEYS: ReadonlySet<string> = new Set([
  ...GROUPS.flatMap((it) => it.directives).filter((it) => it !== "LoadCredential"),
  "User",
  "Group",
  "KeyringMode",
  "StateDirectoryMode",
  "CacheDirectoryMode",
  "LogsDirectoryMode",
  "RuntimeDirectoryMode",
  "RuntimeDirectoryPreserve",
]);

const members = (shape: Shape): Shape => mapOf(shape, MAX_MEMBERS);

/** More paths or calls than what is condensed has. */
const MAX_MEMBERS = 20_000;

const key: Shape = (value, name) =>
  typeof value === "string" && LEARNT_KEYS.has(value) ? undefined : `${name} is no setting that is learnt`;

const SIGHT = object({
  count: amount,
  first: amount,
  last: amount,
  at: line(/^[\w.@-]{1,200}:\d{1,15}$/),
  sample: line(),
});

const PATH = object({
  used: members(SIGHT),
  failed: members(SIGHT),
  made: arrayOf(object({ mode: amount, sight: SIGHT })),
  names: arrayOf(line()),
  folded: optional(amount),
});

const NEEDS = object({
  calls: amount,
  began: optional(amount),
  seconds: amount,
  processes: amount,
  paths: members(PATH),
  syscalls: members(object({ sight: optional(SIGHT), failed: members(SIGHT) })),
  capabilities: members(object({ sight: SIGHT, reason: line() })),
  families: members(SIGHT),
  addresses: arrayOf(
    object({
      use: oneWordOf("listen", "connect"),
      family: line(),
      address: line(),
      port: optional(amount),
      sight: SIGHT,
    }),
  ),
  programs: members(object({ sight: SIGHT, privileged: trueOrFalse })),
  users: members(SIGHT),
  groups: members(SIGHT),
  marks: members(SIGHT),
  unread: object({ lines: amount, first: optional(line()) }),
});

const LEARNT = object({
  version: amount,
  unit: line(/^[\w:.\\@-]{1,255}$/),
  unitDigest: line(/^[0-9a-f]{16}$/),
  systemd: optional(amount),
  runs: arrayOf(object({ calls: amount, seconds: amount, exercised: arrayOf(line()) })),
  settings: arrayOf(
    object({
      key,
      value: line(),
      grade: oneWordOf("proven", "seen", "refused"),
      evidence: line(),
      sights: arrayOf(SIGHT),
      mayBreak: optional(line()),
      part: oneWordOf("settings", "user", "root"),
      worthTrying: optional(trueOrFalse),
    }),
  ),
  refused: optional(line()),
  unknown: arrayOf(line()),
  needs: NEEDS,
});
