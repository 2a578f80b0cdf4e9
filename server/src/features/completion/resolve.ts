import type { CompletionItem } from "vscode-languageserver-types";
import { type Directive, grammarIn } from "../../catalog/catalog.ts";
import { isSectionName, type SectionName } from "../../catalog/sections.ts";
import { isQuadletSection } from "../../facts/quadletKinds.ts";
import { NEWEST_VERSION, type SystemdVersion } from "../../facts/version.ts";
import { isConfigPath } from "../../families/checkedPath.ts";
import { QUADLET_FAMILY } from "../../families/quadletFiles.ts";
import { UNIT_FAMILY } from "../../families/unitFiles.ts";
import { join, type Prose, plainProse } from "../../reports/markup.ts";
import { podmanOf } from "../../units/podman.ts";
import type { Unit } from "../../units/unit.ts";
import { unitNameOf } from "../../units/where.ts";
import { tokensOf } from "../../values/read.ts";
import { describeDirective, describeSection } from "../describe.ts";
import { describeTopic } from "../describeTopic.ts";
import { describeEntry, describeValueEntry } from "../manual.ts";
import { markup } from "../markupContent.ts";
import { bearing, bearingOf } from "../mayBreak.ts";
import type { SnippetFile } from "../snippetBody.ts";
import { NO_WORLD, type World } from "../world.ts";
import { snippetPreview } from "./snippets.ts";

type Sent = Partial<Readonly<Record<string, unknown>>> | null | undefined;

/**
 * Adds the documentation to an item of `complete`; an item from elsewhere comes back as it is. In a unit it says first what
 * speaks against a setting there.
 */
export function resolveCompletion(
  item: CompletionItem,
  markdown: boolean,
  world: World = NO_WORLD,
  unit?: Unit,
): CompletionItem {
  const prose = about(item.label, item.data as Sent, world, unit);
  return prose ? { ...item, documentation: markup(prose, markdown) } : item;
}

/** The file that a snippet was offered for; the client sends it back as it pleases. */
function sentFile(sent: unknown): SnippetFile {
  const { name, isTemplate, scope, mountPoint } = (typeof sent === "object" && sent !== null ? sent : {}) as Record<
    keyof SnippetFile,
    unknown
  >;
  return {
    name: typeof name === "string" ? name : undefined,
    isTemplate: isTemplate === true,
    scope: scope === "user" ? "user" : "system",
    mountPoint: typeof mountPoint === "string" ? mountPoint : undefined,
  };
}

function about(label: string, data: Sent, world: World, unit: Unit | undefined): Prose | undefined {
  const { section, directive: name, version = NEWEST_VERSION, value = label } = data ?? {};
  if (data?.snippet === true) {
    const shown = typeof version === "number" ? version : NEWEST_VERSION;
    return snippetPreview(label, sentFile(data.file), shown);
  }
  if (typeof section !== "string" || typeof version !== "number") return undefined;
  const config = unit && isConfigPath(unit.path) ? unit.family.content : undefined;
  const { sectionFacts, directive } =
    config ?? (isQuadletSection(section) ? QUADLET_FAMILY.content : UNIT_FAMILY.content);
  if (label.startsWith("[")) {
    const isKnown = config || isSectionName(section) || isQuadletSection(section);
    const sectionName = section as SectionName;
    return isKnown ? describeSection(sectionName, sectionFacts(sectionName), version) : undefined;
  }
  const word = typeof name === "string" ? name : label;
  const known = directive(section, word);
  if (!known) return undefined;
  const pages = world.manual();
  const proseOf = (text: string | undefined): Prose | undefined => (text === undefined ? undefined : plainProse(text));
  const judged = section === "Service" && unit?.path.kind === "service" ? unit : undefined;
  if (name === undefined) {
    const borne = proseOf(judged && bearing(judged, known.name));
    return join(
      [borne, describeDirective(known, version, unit && podmanOf(unit)), pages && describeEntry(pages, known)],
      "\n\n",
    );
  }
  if (typeof value !== "string") return undefined;
  const prose = describeValue(known, value, version, world);
  const borne = proseOf(judged && bearingOf(judged, known.name, value));
  const entry = prose && pages && describeValueEntry(pages, known, value);
  return prose || borne ? join([borne, prose, entry], "\n\n") : undefined;
}

/** What a value says on its own, which is what it says in a list too. */
function describeValue(known: Directive, value: string, version: SystemdVersion, world: World): Prose | undefined {
  const unit = unitNameOf(undefined, "service");
  const where = { version, scope: "system", kind: unit.kind, unit, certain: false } as const;
  const type = grammarIn(known, version);
  const topic = tokensOf(type, value, where)
    .find((it) => it.topic)
    ?.topic?.();
  // Of a specifier the item says all that holds in any unit.
  return topic && topic.kind !== "specifier" ? describeTopic(topic, { directive: known, where, world }) : undefined;
}
