import type { PodmanVersion } from "../../../facts/podmanVersions.ts";
import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { type QuadletType, quadletKey } from "../../../facts/quadlets/keys.ts";
import { holdsIn } from "../../../facts/version.ts";
import type { ServiceDraft } from "./draft.ts";
import { quotedWord } from "./quadletWords.ts";
import type { QuadletRemark, RefusalReason } from "./refusals.ts";
import type { Origin, ServicePart } from "./service.ts";
import type { QuadletSource, SectionReader, SourceItem } from "./sources.ts";

/** Whose manager runs the services. */
export type QuadletScope = "system" | "user";

/** What other quadlets need to know of one. */
export interface QuadletUnit {
  /** The name of its file, by which others link to it. */
  readonly name: string;
  readonly type: QuadletType;
  /** The name of its service without `.service`. */
  readonly service: string;
  /** What podman calls its object; empty where it cannot be told, or the quadlet was refused. */
  resource: string;
  /** The services of the containers that a pod starts, in the order of their names. */
  readonly starts: { readonly service: string; readonly origin: Origin }[];
}

/** One quadlet on its way to a service. */
export interface Conversion {
  readonly source: QuadletSource;
  readonly unit: QuadletUnit;
  /** All quadlets by the names of their files. */
  readonly units: ReadonlyMap<string, QuadletUnit>;
  readonly version: PodmanVersion;
  readonly scope: QuadletScope;
  readonly own: SectionReader;
  readonly service: SectionReader;
  readonly draft: ServiceDraft;
  /** Whether a path is there on the machine, where that is known. */
  readonly exists: (path: string) => boolean | undefined;
  refuse(reason: RefusalReason, about: string, origin?: Origin): void;
  remark(reason: QuadletRemark["reason"], about: string, origin: Origin): void;
}

/** Words of a command that come from one place. */
export interface CommandPart {
  readonly words: readonly string[];
  readonly origin?: Origin | undefined;
}

/** A command of podman while it is put together. */
export interface PodmanCommand {
  readonly parts: CommandPart[];
  /** Adds words of the generator's own. */
  add(...words: string[]): void;
  /** Adds words that a setting asks for. */
  take(origin: Origin | undefined, ...words: string[]): void;
}

/** A command that begins with podman and what its own section says about all commands. */
export function podmanCommand({ own, unit, version }: Conversion, ...words: string[]): PodmanCommand {
  const parts: CommandPart[] = [];
  const command: PodmanCommand = {
    parts,
    add: (...more) => void parts.push({ words: more }),
    take: (origin, ...more) => void parts.push({ words: more, origin }),
  };
  command.add("/usr/bin/podman");
  const { section } = unit.type;
  if (isKnown(section, "ContainersConfModule", version))
    for (const { text, origin } of own.lines("ContainersConfModule")) command.take(origin, `--module=${text}`);
  if (isKnown(section, "GlobalArgs", version))
    for (const { text, origin } of own.args("GlobalArgs")) command.take(origin, text);
  command.add(...words);
  return command;
}

/** Whether a version knows a key. */
export const isKnown = (section: string, name: string, version: PodmanVersion): boolean =>
  holdsIn(quadletKey(section, name) ?? UNKNOWN, version);

const UNKNOWN = { since: Number.POSITIVE_INFINITY };

/** An option with its value, in one word or two. */
export const optionAndValue = (version: PodmanVersion, option: string, value: string): readonly string[] =>
  podmanDoes(version, "parts options from values") ? [option, value] : [`${option}=${value}`];

/** Writes a command into [Service], with a prefix such as `-` before it. */
export function addCommand({ draft, version }: Conversion, key: string, command: PodmanCommand, prefix = ""): void {
  let value = prefix;
  const parts: ServicePart[] = [];
  for (const { words, origin } of command.parts) {
    for (const word of words) {
      if (value !== prefix) value += " ";
      const start = value.length;
      value += quotedWord(word, version);
      if (origin) parts.push({ start, end: value.length, origin });
    }
  }
  draft.add("Service", { key, value, copied: false, parts });
}

/** Writes a setting of the generator's own, at the end of a section. */
export function addSetting({ draft }: Conversion, section: string, key: string, value: string, origin?: Origin): void {
  draft.add(section, { key, value, copied: false, ...(origin ? { origin } : {}) });
}

/** The same in the place of the last one that is there. */
export const setSetting = ({ draft }: Conversion, section: string, key: string, value: string): void =>
  draft.set(section, { key, value, copied: false });

/** The absolute path of one that is relative to the quadlet file; one that begins with a specifier stays as it is. */
export const pathFromQuadlet = ({ source }: Conversion, path: string): string =>
  path.startsWith("/") || /^%(?!%)/.test(path) ? path : cleanPath(`${parentFolder(source.path)}/${path}`);

/** The folder of a path. */
export const parentFolder = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/"))) || "/";

/** A path without `.`, `..` and repeated slashes. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The text of an item where there is one. */
export const itemText = (item: SourceItem | undefined): string => item?.text ?? "";
