import { UNIT_KINDS } from "../facts/unitKinds.ts";
import { judgedHeader } from "../families/lookAlikes.ts";
import { splitPath } from "../families/pathParts.ts";
import type { Finding } from "../findings/finding.ts";
import { unreadDropInFinding } from "./notRead.ts";

/** What a file is called in reports that is meant as a drop-in and that systemd does not read. */
export const UNREAD_DROP_IN = "unread drop-in";

/** The folder of a unit's drop-ins. */
const OF_UNIT = new RegExp(`\\.(?:${UNIT_KINDS.join("|")})\\.d$`);
/** A name without the ending; copies and examples have others, and mean not to be read. */
const WITHOUT_ENDING = /^[^.]+(?:\.(?:cfg|config|ini|txt))?$/;

/** Whether a path is one of a file; what cannot be seen is none. */
type IsFile = (path: string) => boolean;

/** What systemd would have to find a file under to read it; undefined for any other file. */
function meantPath(path: string, isFile: IsFile): { readonly why: string; readonly meant: string } | undefined {
  const { file, folder } = splitPath(path);
  if (!folder.endsWith(".d")) return undefined;
  if (OF_UNIT.test(folder)) {
    const meant = `${folder}/${file.replace(/\.\w+$/, "")}.conf`;
    return WITHOUT_ENDING.test(file) ? { why: "its name does not end in .conf", meant } : undefined;
  }
  if (!file.endsWith(".conf") || file.startsWith(".")) return undefined;
  const stem = path.slice(0, -(file.length + 1 + ".d".length));
  const kind = DROP_IN_KINDS.find((it) => isFile(`${stem}.${it}`));
  if (!kind) return undefined;
  const meant = `${folder.slice(0, -1)}${kind}.d`;
  return { why: `its folder is not called ${meant}`, meant: `${meant}/${file}` };
}

/** Kinds that drop-ins are mostly written for. */
const DROP_IN_KINDS = ["service", "socket", "timer"] as const;

/** Whether a file that nothing else is may be meant as a drop-in, by its place. */
export const isUnreadDropIn = (path: string, isFile: IsFile): boolean => meantPath(path, isFile) !== undefined;

/** What is found in such a file; undefined where its text is not that of a unit. */
export function unreadDropIn(path: string, text: string, isFile: IsFile): Finding | undefined {
  const meant = meantPath(path, isFile);
  const header = judgedHeader(text);
  return meant && header && unreadDropInFinding(meant, header);
}
