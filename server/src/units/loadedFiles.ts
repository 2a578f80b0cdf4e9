import { onOneLine } from "../text/printable.ts";

/** What systemd loads for a file that lies in a load path. */
export interface LoadedFiles {
  /** The main name of the unit. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Whether the file is read: another file may be read instead of it, or none of the unit. */
  readonly state: "loaded" | "overridden" | "masked";
  /** The unit file, then its drop-ins, in the order in which they are read; of a masked one what masks it. */
  readonly files: readonly string[];
  /** What is read instead of an overridden file. */
  readonly by?: string | undefined;
}

/** How systemd loads a file in a load path, as it is told. */
export interface Loading<Read> {
  /** What is loaded besides it, or instead of it, in one line. */
  readonly text: string;
  /** Why systemd does not read it; missing where it does. */
  readonly reason?: string | undefined;
  /** The unit that is loaded instead of an overridden file. */
  readonly instead?: Read | undefined;
}

/** Whether systemd reads the file of a unit, as far as that is known. */
export const isLoaded = ({ loading }: { readonly loading?: Loading<unknown> }): boolean =>
  loading?.reason === undefined;

/** Why systemd does not read a file; undefined where it does. */
export function notLoadedText({ state, files: [file = ""], by }: LoadedFiles): string | undefined {
  if (state === "masked") return `masked by ${onOneLine(file)}: systemd reads none of its files`;
  return by === undefined ? undefined : `overridden by ${onOneLine(by)}`;
}

/** One line on what is loaded besides a file, or instead of it; undefined where it is read alone. */
export function loadedText(loaded: LoadedFiles, path: string): string | undefined {
  const { state, files, by, name, aliases } = loaded;
  const [file = ""] = files;
  const reason = notLoadedText(loaded);
  if (state === "masked") return reason;
  const isOther = by === undefined && !files.includes(path);
  const others = files.filter((it) => it !== path && (it !== file || (by === undefined && !isOther)));
  const shown = others.slice(0, MOST_SHOWN).map(onOneLine).join(", ");
  const more = others.length > MOST_SHOWN ? ` and ${others.length - MOST_SHOWN} more` : "";
  const parts = [
    ...(reason === undefined ? [] : [reason]),
    ...(isOther ? [`${onOneLine(name)} is read from ${onOneLine(file)}`] : []),
    ...(others.length === 0 ? [] : [`merged with ${shown}${more}`]),
    ...(aliases.length === 0 ? [] : [`also called ${aliases.map(onOneLine).join(", ")}`]),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

/** So many drop-ins are named on one line. */
const MOST_SHOWN = 5;
