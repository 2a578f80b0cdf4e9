import { chezmoiFolder } from "./chezmoiNames.ts";

/** Whose manager a unit is judged for, where more than its folder decides. */
export interface ScopeReason {
  readonly scope: "system" | "user";
  /** Who says so: the reader, the text, or nobody. */
  readonly from: "asked" | "text" | "default";
  /** The lines that say it. */
  readonly because: readonly string[];
}

const OF_USERS =
  /(?:^|\/)(?:systemd\/user(?:\.control)?|units\/user|systemd[-_]user|user[-_]units|\.config\/containers\/systemd|containers\/systemd\/users|run\/user\/\d+)\//g;
const OF_SYSTEM =
  /(?:^|\/)(?:systemd\/system(?:\.control|\.attached)?|units\/system|systemd[-_]system|system[-_]units|debian)\//g;

/** The folder next to that of a file, or of its drop-in, which shows that the two are those of the two managers; and whose the file's is. */
export function pairedFolder(
  parents: readonly string[],
): { readonly beside: string; readonly scope: "system" | "user" } | undefined {
  const at = parents.length - (parents.at(-1)?.endsWith(".d") ? 2 : 1);
  const scope = parents[at];
  if (scope !== "user" && scope !== "system") return undefined;
  return { beside: [...parents.slice(0, at), scope === "user" ? "system" : "user"].join("/"), scope };
}

/** What is in the name of one of such folders; most have no other like it above them. */
const SIGN = /systemd|units|debian|user/;

/**
 * Whose manager reads the files below some folders, be they folders of a machine, of sources or of dotfiles; undefined where
 * they do not say it. The innermost counts.
 */
export function folderScope(parents: readonly string[]): "system" | "user" | undefined {
  if (!parents.some((it) => SIGN.test(it))) return undefined;
  const path = `${parents.map(chezmoiFolder).join("/")}/`;
  const [user, system] = [OF_USERS, OF_SYSTEM].map((it) => [...path.matchAll(it)].at(-1)?.index ?? -1);
  if (user === system) return undefined;
  return (user ?? -1) > (system ?? -1) ? "user" : "system";
}
