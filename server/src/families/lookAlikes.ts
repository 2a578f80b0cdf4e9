import { SECTIONS } from "../catalog/sections.ts";
import { UNIT_KINDS } from "../facts/unitKinds.ts";
import type { Family } from "./family.ts";
import { lookAlikeAt, unitPath } from "./unitFiles/unitPath.ts";

/** What a file is that is named like a unit or drop-in and that no service manager reads as one. */
export const LOOK_ALIKES = {
  "dbus-activation": { name: "D-Bus activation file", why: "which the message bus reads" },
  "avahi-services": { name: "Avahi service group", why: "which avahi-daemon reads" },
  "apparmor-profile": { name: "AppArmor profile", why: "which the kernel is given" },
  "desktop-entry": { name: "desktop entry", why: "which desktop environments read" },
  xml: { name: "XML file", why: "which systemd does not read" },
  json: { name: "JSON file", why: "which systemd does not read" },
  script: { name: "script", why: "which is run and not read as a unit" },
  link: { name: "link written as text", why: "which stands for the file that it names" },
  removal: { name: "note of chezmoi's to remove a file", why: "which becomes none" },
  ciphertext: { name: "encrypted file", why: "which systemd reads once it is decrypted" },
  "hidden-drop-in": { name: "hidden file", why: "and systemd reads no drop-in whose name begins with a dot" },
  "other-program": { name: "file of another program", why: "which has none of the sections that its name suggests" },
  "part-of-template": { name: "template without a section", why: "which makes no unit by itself" },
} as const;

/** Which of them. */
export type LookAlike = keyof typeof LOOK_ALIKES;

const isLookAlike = (kind: string): kind is LookAlike => Object.hasOwn(LOOK_ALIKES, kind);

/** What a file is in a few words, by its kind; undefined for a kind that is no look-alike. */
export function lookAlikeText(kind: string): { readonly name: string; readonly sentence: string } | undefined {
  if (!isLookAlike(kind)) return undefined;
  const { name, why } = LOOK_ALIKES[kind];
  return { name, sentence: `${name}, ${why}` };
}

/** Files that are known by their place or name not to be systemd's, although they are called like units. */
export const LOOK_ALIKE_FAMILY: Family = {
  name: "look-alikes",
  pathOf: (path) => {
    const kind = lookAlikeAt(path);
    return kind && { kind };
  },
  pathFromSections: () => undefined,
};

const HEADER = /^[ \t]*\[([^\]\n]*)\]/m;
const FOREIGN_HEADERS: ReadonlyMap<string, LookAlike> = new Map([
  ["D-BUS Service", "dbus-activation"],
  ["Desktop Entry", "desktop-entry"],
]);
const SECTION = new RegExp(`^[ \\t]*\\[(?:${Object.keys(SECTIONS).join("|")})\\]`, "m");
const XML = /^\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z][\w-]*[\s>])/;
const APPARMOR = /^[ \t]*(?:#?include <(?:tunables|abstractions)\/|abi <abi\/|profile [^\n={]+\{|\/[^\n={]+\{[ \t]*$)/m;
const LINK = new RegExp(`^[^\\s=[\\]]*\\.(?:${UNIT_KINDS.join("|")})$`);

/** The first header of a section of units in a text, with the name of the first setting below it. */
export function judgedHeader(
  text: string,
): { readonly start: number; readonly end: number; readonly key: string } | undefined {
  const header = SECTION.exec(text);
  const key = header && /^[ \t]*([A-Za-z]\w*)[ \t]*=/m.exec(text.slice(header.index + header[0].length));
  if (!header || !key) return undefined;
  const start = header.index + header[0].length + key.index;
  return { start, end: start + key[0].length - 1, key: key[1] ?? "" };
}

/** What texts begin with that git-crypt, Ansible Vault, age or OpenPGP have encrypted. */
const CIPHERTEXT =
  /^(?:\0GITCRYPT\0|\$ANSIBLE_VAULT;|age-encryption\.org\/|-----BEGIN (?:AGE ENCRYPTED FILE|PGP MESSAGE)-----)/;

/** Whether a text is encrypted, whatever its file is called. */
export const isCiphertext = (text: string): boolean => CIPHERTEXT.test(text);

/**
 * What the text of a file named like a unit is, where it is certainly none: most units are known by their first header.
 * A text without anything in it is a unit that is masked or not written yet.
 */
export function lookAlikeIn(path: string, text: string): LookAlike | undefined {
  if (isCiphertext(text)) return "ciphertext";
  const header = HEADER.exec(text);
  const first = text.charAt(text.search(/\S/));
  if (first === "<" && XML.test(text)) return /<service-group[\s>]/.test(text) ? "avahi-services" : "xml";
  if (text.startsWith("#!") && /^(?![ \t]*[#;]|[ \t]*$)/m.test(text.slice(0, header?.index))) return "script";
  const foreign = header ? FOREIGN_HEADERS.get(header[1] ?? "") : undefined;
  if (foreign || first === "" || SECTION.test(text)) return foreign;
  const { template, role } = unitPath(path) ?? {};
  // Other languages, too, have lines that begin with a bracket.
  if (header && template === undefined) return undefined;
  if (first === "{" && /^\s*\{\s*"/.test(text)) return "json";
  if (APPARMOR.test(text)) return "apparmor-profile";
  if (text.length < 4096 && LINK.test(text.trim())) return "link";
  return template !== undefined && role === "unit" ? "part-of-template" : undefined;
}
