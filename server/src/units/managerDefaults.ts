import type { ProgramFiles } from "../program/files.ts";
import type { Repository } from "../program/source/repository.ts";
import { parse } from "../syntax/parse.ts";
import { parseBoolean } from "../values/boolean.ts";

/** What the configuration of a manager says about units that do not say it themselves, and the files of its machine or of its repository. */
export interface ManagerDefaults {
  /** DefaultRestrictSUIDSGID=. */
  readonly restrictSuidSgid: boolean;
  /** The files that its services see, where programs among them may be read. */
  readonly files?: ProgramFiles | undefined;
  /** The checkout that the unit lies in, where its source may be read. */
  readonly source?: Repository | undefined;
  /** The files of a tree that is not the machine, such as that of a package: what is not there may be elsewhere, and no program is read. */
  readonly tree?: ProgramFiles | undefined;
}

/** Reads system.conf or user.conf and the drop-ins after it, in the order in which a manager does. Follows parse_config_file(), systemd 262. */
export function managerDefaults(texts: readonly string[]): ManagerDefaults {
  const values = texts
    .flatMap((text) => parse(text).sections.filter(({ name }) => name === "Manager"))
    .flatMap(({ nodes }) => nodes)
    .flatMap((it) => (it.kind === "assignment" && it.key === "DefaultRestrictSUIDSGID" ? [parseBoolean(it.text)] : []));
  return { restrictSuidSgid: values.findLast((it) => it !== undefined) ?? false };
}
