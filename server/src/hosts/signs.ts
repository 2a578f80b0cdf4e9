import { CONFIG_KINDS } from "../facts/configKinds.ts";
import { OWN_SECTIONS_OF_QUADLETS } from "../facts/quadletKinds.ts";
import { UNIT_KINDS } from "../facts/unitKinds.ts";

/**
 * How a file of another language is recognised that may hold units. A look costs next to nothing: an editor takes it at files
 * of which most hold none, before it loads anything else.
 */
export interface HostSign {
  /** Whether a file is of this language, by its path. */
  readonly holds: (path: string) => boolean;
  /** Whether a text may hold units at all, before it is read. */
  readonly mayHold: (text: string) => boolean;
}

/** The path of a unit or drop-in, whatever else its name is made of. */
const UNIT_NAME = new RegExp(
  `[./](?:${[...UNIT_KINDS, ...Object.keys(OWN_SECTIONS_OF_QUADLETS), ...CONFIG_KINDS].join("|")})`,
);
/** The header of a section. */
const HEADER = /\[[A-Z][A-Za-z]+\]/;

/** The header of a section that only units and quadlets have. */
const OWN_HEADER = /\[(?:Unit|Service|Timer|Container)\]/;

/** Whether a text may hold that of a unit, by the name of one or by a section that nothing else has. */
const mayHoldText = (text: string): boolean => HEADER.test(text) && (UNIT_NAME.test(text) || OWN_HEADER.test(text));

/** What texts between fences are called that may be units, as a part of a pattern, and the sections of which they have one. */
export const FENCE_NAMES = "(?:ini|systemd|service|unit|desktop|conf)\\b";
export const FENCED_SECTIONS: readonly string[] =
  "Unit Service Socket Timer Mount Automount Path Slice Swap Scope Install".split(" ");

const FENCE = new RegExp(`(?:\`{3}|~{3})[ \\t]*${FENCE_NAMES}`, "i");
const FENCED_SECTION = new RegExp(`^[ \\t>]*\\[(?:${FENCED_SECTIONS.join("|")})\\]`, "m");

const YAML_FILES =
  /\.(?:ya?ml|bu|ign)$|(?:^|[\\/])(?:user[-_]data(?:\.txt)?|[^\\/]*ignition[^\\/]*\.json|[^\\/]*\.ign\.json|cloud\.cfg\.d[\\/][^\\/]*\.cfg)$/i;

/** The languages, by the names that reports show as types of files. */
export const HOST_SIGNS = {
  nix: {
    holds: (path) => path.endsWith(".nix"),
    mayHold: (text) => text.includes("systemd"),
  },
  shell: {
    holds: (path) => /\.(?:sh|bash)$|(?:^|[\\/.])(?:Dockerfile|Containerfile)(?:\.[^\\/]*)?$/.test(path),
    mayHold: (text) => (text.includes("<<") || /\b(?:printf|echo)\b/.test(text)) && mayHoldText(text),
  },
  puppet: {
    holds: (path) => path.endsWith(".pp"),
    mayHold: (text) => mayHoldText(text),
  },
  yaml: {
    holds: (path) => YAML_FILES.test(path),
    mayHold: (text) => yamlSign(text) !== undefined,
  },
  markdown: {
    holds: (path) => /\.(?:md|markdown)$/i.test(path),
    mayHold: (text) => FENCE.test(text) && FENCED_SECTION.test(text),
  },
} as const satisfies Readonly<Record<string, HostSign>>;

/** Whether a file may hold units of systemd among other things, by its path and then by its text. */
export const mayHoldUnits = (path: string, text: () => string): boolean =>
  Object.values<HostSign>(HOST_SIGNS)
    .find((it) => it.holds(path))
    ?.mayHold(text()) ?? false;

/** So far the signs of YAML and JSON are looked for. */
const HEAD = 4096;
/** Larger files are made by programs, and nobody edits them. */
const LARGEST = 4_000_000;

const CLOUD = /^\uFEFF?(?:## *template:[^\n]*\n)?#cloud-config[ \t]*\r?$/m;
const BUTANE = /^variant[ \t]*:[ \t]*["']?(?:fcos|flatcar|openshift|r4e|fiot)\b/m;

/** A task of Ansible that writes a text into a file. */
const COPY = /^[ \t]{0,99}(?:- {1,9})?(?:ansible\.(?:builtin|legacy)\.)?copy:[ \t]{0,99}\r?$/m;

/** What sets a machine up with a YAML or JSON file, told by the head of its text and two words; undefined for all other files. */
export function yamlSign(text: string): "cloud-init" | "butane" | "ignition" | "ansible" | undefined {
  if (text.length > LARGEST) return undefined;
  const head = text.slice(0, HEAD);
  if (head.includes("#cloud-config")) {
    const found = CLOUD.exec(head);
    return found?.index === 0 && /\b(?:write_files|units)\b/.test(text) ? "cloud-init" : undefined;
  }
  if (/^\uFEFF?\s*\{/.test(head))
    return text.includes('"ignition"') && /"systemd"|"storage"/.test(text) ? "ignition" : undefined;
  if (BUTANE.test(head)) return /\bsystemd\b/.test(text) ? "butane" : undefined;
  return COPY.test(text) && /^[ \t]{1,99}content:/m.test(text) && UNIT_NAME.test(text) && HEADER.test(text)
    ? "ansible"
    : undefined;
}
