import { directive, typeIn } from "../../catalog/catalog.ts";
import { isQuadletSection } from "../../facts/quadletKinds.ts";
import { NEWEST_VERSION } from "../../facts/version.ts";
import { quadletLinks } from "../../families/quadletFiles/quadletLinks.ts";
import { sourceSpan } from "../../syntax/joinedText.ts";
import { touchedPlaceholder } from "../../syntax/template/touched.ts";
import type { Assignment, UnitFile } from "../../syntax/tree.ts";
import { splitWords } from "../../syntax/words.ts";
import { ownText } from "../../text/own.ts";
import type { Span } from "../../text/span.ts";
import type { ValueTypeName } from "../../values/valueTypes.ts";
import { byDirective, namesIn } from "../byDirective.ts";
import { lineIndexOf } from "../fileLines.ts";
import { memo, memoBy } from "../memo.ts";

/** A place where a file names another unit; offsets count in that file. */
export interface Mention extends Span {
  readonly section: string;
  readonly directive: string;
  /** The name as it is written, specifiers and all. */
  readonly written: string;
  /** Where it starts, as LSP counts; it never leaves its line. */
  readonly line: number;
  readonly character: number;
}

/**
 * The last value of each directive that is of interest next to the mentions, as it is written; of those that name secrets
 * and of commands all values, each on a line.
 */
export type KeptSettings = Readonly<Partial<Record<KeptDirective, string>>>;

const KEPT = [
  "Description",
  "DefaultDependencies",
  "Where",
  "What",
  "Accept",
  "Type",
  "RemainAfterExit",
  "StopWhenUnneeded",
  "BusName",
  "ListenStream",
  "ListenDatagram",
  "RuntimeDirectory",
  "RuntimeDirectoryPreserve",
  "ExecStart",
  "ExecStartPost",
  "ExecStopPost",
  "IPAddressAllow",
  "IPAddressDeny",
  "PrivateTmp",
  "PrivateNetwork",
  "NetworkNamespacePath",
  "PrivateIPC",
  "IPCNamespacePath",
  "LoadCredential",
  "LoadCredentialEncrypted",
  "SetCredential",
  "SetCredentialEncrypted",
  "Secret",
  "OnCalendar",
  "OnUnitActiveSec",
  "OnUnitInactiveSec",
] as const;
export type KeptDirective = (typeof KEPT)[number];

/** What the index keeps of a file's text. */
export interface Contents {
  /** In the order of the file. */
  readonly mentions: readonly Mention[];
  readonly settings: KeptSettings;
  /** The sections that stand in the file, each once. */
  readonly sections: readonly string[];
}

export const NO_CONTENTS: Contents = { mentions: [], settings: {}, sections: [] };

/** How a value that names units is split: as a list in one of these ways, or not at all. */
type Splitting = "retain-plain" | "plain" | "retain" | "one";

const SPLITTINGS: Readonly<Partial<Record<ValueTypeName, Splitting>>> = {
  unitDeps: "retain-plain",
  unitDepsOnOthers: "retain-plain",
  unitDepsBefore: "retain-plain",
  unitDepsOnFailure: "retain-plain",
  obsoleteUnitDeps: "retain-plain",
  unitSlice: "one",
  triggerUnit: "one",
  socketService: "one",
  serviceSockets: "plain",
  installUnits: "retain",
  installAlias: "retain",
  installAlso: "plain",
};

/** How the values of a directive name units; those of most name none. */
function splittingOf(section: string, name: string): Splitting | undefined {
  const row = directive(section, name);
  return row && SPLITTINGS[typeIn(row, NEWEST_VERSION)];
}

/** Directives of which each line counts. */
const EACH = /Credential|^Secret$|^Exec/;

/** How a line names a secret; where the secret itself follows, it is left out. */
const secretIn = (key: string, { text }: Assignment): string =>
  key.startsWith("SetCredential") ? (text.split(":")[0] ?? "") : text;

const KEPT_NAMES: ReadonlySet<string> = new Set(KEPT);
const isKept = (key: string): key is KeptDirective => KEPT_NAMES.has(key);

/** Whether two texts say the same of units, be it in other places of the file. */
export function saysSame(a: Contents, b: Contents): boolean {
  return (
    a.mentions.length === b.mentions.length &&
    a.mentions.every((it, i) => isSame(it, b.mentions[i])) &&
    KEPT.every((it) => a.settings[it] === b.settings[it]) &&
    a.sections.join("\n") === b.sections.join("\n")
  );
}

const isSame = (a: Mention, b: Mention | undefined): boolean =>
  a.written === b?.written && a.directive === b.directive && a.section === b.section;

/** Reads what the index keeps; `file` is the parsed text. */
export const contentsOf = memo((file: UnitFile): Contents => {
  const mentions: Mention[] = [];
  const settings: Partial<Record<KeptDirective, string>> = {};
  for (const section of file.sections) {
    const { name } = section;
    const lists = byDirective(section);
    for (const { key, splitting } of tellingKeys(namesIn(section), name)) {
      const nodes = lists.get(key) ?? [];
      const last = nodes.at(-1);
      if (isKept(key) && last) {
        settings[key] = ownText(EACH.test(key) ? nodes.map((it) => secretIn(key, it)).join("\n") : last.text);
      }
      for (const node of nodes) {
        const ofQuadlet = isQuadletSection(name) ? quadletLinks(name, key, node.text) : [];
        const words = splitting ? writtenWords(node, splitting) : ofQuadlet;
        // One by one: in a long file there may be more of them than a call takes.
        for (const it of mentionsIn(file, name, node, words)) mentions.push(it);
      }
    }
  }
  if (settings.Type !== "oneshot") for (const it of OF_JOBS) delete settings[it];
  return { mentions: mentions.toSorted((a, b) => a.start - b.start), settings, sections: sectionNames(file) };
});

/** The commands are kept of jobs, which may be started again and again; those of daemons say nothing of that. */
const OF_JOBS = ["ExecStart", "ExecStartPost", "ExecStopPost"] as const;

/** The names of the sections, each once: the same list for all files that have the usual ones. */
function sectionNames({ sections }: UnitFile): readonly string[] {
  const names = [...new Set(sections.map((it) => it.name))];
  const key = names.join("\n");
  const known = USUAL.get(key);
  if (known) return known;
  if (USUAL.size < MANY_LISTS && key.length < LONG_LIST) USUAL.set(key, names);
  return names;
}

const USUAL = new Map<string, readonly string[]>();
const [MANY_LISTS, LONG_LIST] = [256, 256];

/** Those of some directives of a section that say something of units, with how their values name these. */
const tellingKeys = memoBy((names: ReturnType<typeof namesIn>, section: string) =>
  [...names.keys()].flatMap((key) => {
    const splitting = splittingOf(section, key);
    return splitting || isKept(key) || isQuadletSection(section) ? [{ key, splitting }] : [];
  }),
);

function mentionsIn(
  file: UnitFile,
  section: string,
  node: Assignment,
  words: readonly { readonly from: number; readonly to: number; readonly written: string }[],
): Mention[] {
  return words.flatMap(({ from, to, written }) => {
    const span = sourceSpan(node.value, from, to);
    if (touchedPlaceholder(file.template, span)) return [];
    const { start, end } = span;
    const { line, character } = lineIndexOf(file).positionAt(start);
    return { section, directive: node.key, written: ownText(written), start, end, line, character };
  });
}

function writtenWords({ text }: Assignment, splitting: Splitting): { from: number; to: number; written: string }[] {
  if (text === "") return [];
  if (splitting === "one") return [{ from: 0, to: text.length, written: text }];
  return splitWords(text, splitting).words.map(({ from, to, value }) => ({ from, to, written: value }));
}
