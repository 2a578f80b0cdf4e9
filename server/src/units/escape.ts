import { append } from "../text/append.ts";
import { escapeName, pathFromStem, stemFromPath } from "../values/unitName.ts";

export { escapeName };

/** The text after a part of a unit name; undefined for a broken escape. Follows unit_name_unescape(), systemd 257 to 262. */
export function unescapeName(name: string): string | undefined {
  if (/\\(?!x[0-9a-f]{2})/i.test(name)) return undefined;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [part, hex] of name.matchAll(/\\x([0-9a-f]{2})|[^\\]+/gi)) {
    if (hex === undefined) append(bytes, encoder.encode(part.replaceAll("-", "/")));
    else bytes.push(Number.parseInt(hex, 16));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** A path as a part of a unit name, as systemd-escape --path writes it; undefined for a path with `..` in it. */
export function escapePath(path: string): string | undefined {
  return path.split("/").includes("..") ? undefined : stemFromPath(path);
}

/** The path after a part of a unit name; undefined where it stands for none. */
export function unescapePath(name: string): string | undefined {
  return pathFromStem(name);
}
