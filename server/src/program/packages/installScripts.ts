import { decodeUtf8 } from "../../text/utf8.ts";
import { capabilitiesGivenIn } from "../fileRights.ts";

/** The capabilities that scripts of packages give to files whose paths they write out. */
export function capabilitiesByScripts(scripts: Iterable<Uint8Array | undefined>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const it of scripts)
    for (const { path, capabilities } of it ? capabilitiesGivenIn(decodeUtf8(it)) : [])
      if (path !== undefined) found.set(path, capabilities);
  return found;
}
