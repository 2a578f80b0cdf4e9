import type { SystemdVersion } from "../facts/version.ts";
import type { Span, TextEdit } from "../text/span.ts";
import type { HostedText } from "./hostedText.ts";
import type { HostedFile, HostedSet, HostedUnit } from "./hostedUnit.ts";
import { fencedUnits } from "./markdown/fences.ts";
import { nixEdits, nixText } from "./nix/nixEdits.ts";
import { nixUnits } from "./nix/nixUnits.ts";
import { retypedUnits } from "./nix/retyped.ts";
import { puppetUnits } from "./puppet/manifests.ts";
import { rawEdits } from "./rawEdits.ts";
import { inHeredoc } from "./shell/heredocParts.ts";
import { isPlainHeredoc, isQuotedHeredoc, shellPart, shellUnits } from "./shell/heredocs.ts";
import { asPrinted } from "./shell/printed.ts";
import { HOST_SIGNS, type HostSign } from "./signs.ts";
import { isYamlWritable, yamlEdits, yamlText } from "./yaml/yamlEdits.ts";
import { yamlUnits } from "./yaml/yamlUnits.ts";

/** A language in whose files units of systemd stand. */
export interface HostLanguage extends HostSign {
  /** Short and stable; reports show it as the type of a file. */
  readonly name: string;
  /** Whether anything is found in its units; else they are only explained. */
  readonly judged: boolean;
  /** The units of a text; none where it has none, or where nobody knows what is text and what is code. */
  readonly units: (text: string) => HostedFile;
  /** The units of a text that is nearly the one before it, without reading all of it; undefined where that may be wrong. */
  readonly retyped?: (before: HostedFile, text: string) => HostedFile | undefined;
  /** Whether settings can be added to a unit where it stands, as far as its form shows. */
  readonly writable: (file: HostedFile, unit: HostedUnit) => boolean;
  /** Edits of the text of a unit as edits of the file; undefined where none can do the same. Whether they do is still to be proven. */
  readonly propose: (
    file: HostedFile,
    unit: HostedUnit,
    written: HostedText,
    edits: readonly TextEdit[],
    version: SystemdVersion,
  ) => readonly TextEdit[] | undefined;
  /** The part of the file that can be read without the rest, and has the unit alone; undefined for a unit of which there is none. */
  readonly part?: (file: HostedFile, unit: HostedUnit) => Span | undefined;
  /** Whether what a unit takes of a file can be left out, and the rest is still such a file. */
  readonly cutsUnits?: true;
  /** Whether the beginning of a file may be read without the rest. */
  readonly readsInOrder?: true;
  /** How a text stands in one of the units that are texts there. */
  readonly inText: (file: HostedFile, unit: HostedUnit, text: string) => string;
}

/** Whether a unit has a set that lines can be added to: asked for each unit of a file after each key. */
function mayTakeMore(sets: ReadonlyMap<string, readonly HostedSet[]>): boolean {
  for (const some of sets.values()) if (some.some(({ closed, conditional }) => closed && !conditional)) return true;
  return false;
}

const NIX: HostLanguage = {
  ...HOST_SIGNS.nix,
  name: "nix",
  judged: true,
  units: nixUnits,
  retyped: retypedUnits,
  cutsUnits: true,
  writable: (_file, { raw, sets }) => raw !== undefined || mayTakeMore(sets),
  propose: nixEdits,
  inText: nixText,
};

/** Scripts of a shell and Dockerfiles, which write units by texts of their own. */
const SHELL: HostLanguage = {
  ...HOST_SIGNS.shell,
  name: "shell",
  judged: true,
  units: shellUnits,
  writable: () => true,
  propose(file, unit, own, edits) {
    const isQuoted = isQuotedHeredoc(file.text, unit.extent.start);
    if (isQuoted && edits.some((it) => it.newText.includes("'"))) return undefined;
    return rawEdits(file.text, own, edits, (it) => SHELL.inText(file, unit, it));
  },
  part: shellPart,
  readsInOrder: true,
  inText: ({ text }, { extent }, it) =>
    asPrinted(text, extent.start, it) ?? (isPlainHeredoc(text, extent.start) ? it : inHeredoc(it)),
};

/** Manifests of Puppet, which write units by texts of their own. */
const PUPPET: HostLanguage = {
  ...HOST_SIGNS.puppet,
  name: "puppet",
  judged: true,
  units: puppetUnits,
  readsInOrder: true,
  writable: () => true,
  // In some texts a dollar stands for a value, in others it stands for itself.
  propose: (file, _unit, own, edits) =>
    edits.some((it) => /[$\\]/.test(it.newText)) ? undefined : rawEdits(file.text, own, edits, (it) => it),
  inText: (_file, _unit, text) => text,
};

/** What sets machines up: cloud-init, Butane, Ignition and Ansible. */
const YAML: HostLanguage = {
  ...HOST_SIGNS.yaml,
  name: "yaml",
  judged: true,
  units: yamlUnits,
  readsInOrder: true,
  writable: isYamlWritable,
  propose: yamlEdits,
  inText: yamlText,
};

/** Examples in a documentation, which show what they want to show and no more. */
const MARKDOWN: HostLanguage = {
  ...HOST_SIGNS.markdown,
  name: "markdown",
  judged: false,
  units: fencedUnits,
  writable: () => false,
  propose: () => undefined,
  inText: (_file, _unit, text) => text,
};

/** Of more units nobody writes one file; each costs as much as a unit file. */
const MOST_UNITS = 250;

/** A file of more characters is made by a program, and fewer of its units are known. */
const LONG = 1 << 18;
const MOST_OF_LONG = 100;

const mostUnits = ({ length }: string): number => (length > LONG ? MOST_OF_LONG : MOST_UNITS);

/** The same language, of whose files with very many units the first are known, and that there are more. */
const bounded = (language: HostLanguage): HostLanguage => ({
  ...language,
  units(text) {
    const file = language.units(text);
    const most = mostUnits(text);
    const next = file.units[most];
    if (!next) return file;
    const cut = { ...next.name, why: `only the first ${most} of the ${file.units.length} units of a file are` };
    const beyond = file.units.slice(most).map((it) => it.extent);
    return { ...file, units: file.units.slice(0, most), beyond, unread: [...(file.unread ?? []), cut] };
  },
  ...(language.retyped && {
    retyped: (before, text) =>
      !before.beyond && before.units.length < mostUnits(text) ? language.retyped?.(before, text) : undefined,
  }),
});

const LANGUAGES: readonly HostLanguage[] = [NIX, SHELL, YAML, PUPPET, MARKDOWN].map(bounded);

/** The language of a file that may hold units; undefined for all others. */
export const hostLanguage = (path: string): HostLanguage | undefined => LANGUAGES.find((it) => it.holds(path));
