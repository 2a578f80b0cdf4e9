import { describePodman } from "../../../facts/podmanVersions.ts";
import { isQuadletSection } from "../../../facts/quadletKinds.ts";
import { QUADLET_TYPES } from "../../../facts/quadlets/keys.ts";
import { insertIntoSection, removeLines } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Found, LineRule, ReadLine, Rule } from "../../../findings/rule.ts";
import { nearest, nearestEnding } from "../../../text/nearest.ts";
import { podmanOf } from "../../../units/podman.ts";
import {
  mergedDirectives,
  ownFile,
  readSections,
  sectionsFor,
  seenFromDropIn,
  type Unit,
} from "../../../units/unit.ts";

/** Follows checkForUnknownKeys() of podman's generator. */
const unknownKey: LineRule = {
  code: "quadlet/unknown-key",
  *line({ section, node, known }, unit) {
    if (known || !isQuadletSection(section.name)) return;
    const { content } = unit.family;
    const homes = sectionsFor(unit).filter((it) => content.directive(it, node.key) !== undefined);
    const [home] = homes;
    const names = content.directivesIn(section.name, unit.version).map((it) => it.name);
    const fixes: Fix[] = homes.map((target) => ({
      title: `Move ${node.key}= to [${target}]`,
      safe: false,
      edits: () => {
        const file = ownFile(unit);
        const lines = file.text.slice(node.start, node.end);
        const open = node.lastLine >= file.lines.length;
        return [removeLines(file, node), insertIntoSection(unit, target, open ? [lines, ""] : [lines])];
      },
    }));
    const near = home ? [] : nearest(node.key, names);
    const [best] = near;
    for (const it of near)
      fixes.push({ title: `Change to ${it}=`, safe: false, edits: () => [{ ...node.keySpan, newText: it }] });
    const what = home
      ? `${node.key}= belongs to [${home}]: in [${section.name}] it makes podman refuse the file, and there is no service`
      : `Unknown key ${node.key}= in [${section.name}]${nearestEnding(best && `${best}=`, "podman refuses the file, and there is no service")}`;
    yield { ...node.keySpan, severity: "error", message: what, directive: node.key, fixes };
  },
};

const tooNew: LineRule = {
  code: "quadlet/too-new",
  *line({ section, node, known }: ReadLine, unit) {
    const since = known?.podman?.since;
    if (since === undefined || since <= podmanOf(unit)) return;
    const type = QUADLET_TYPES.find((it) => it.section === section.name);
    // Of a type that is too new its header says so.
    if (type && type.since > podmanOf(unit)) return;
    const message = `${node.key}= requires ${describePodman(since)}: ${describePodman(podmanOf(unit))} refuses the file, and there is no service`;
    yield { ...node.keySpan, severity: "error", message, directive: node.key };
  },
};

const typeTooNew: Rule = {
  code: "quadlet/type-too-new",
  *check(unit): Iterable<Found> {
    const type = QUADLET_TYPES.find((it) => it.extension === unit.path.kind);
    if (!type || type.since <= podmanOf(unit)) return;
    const header = ownFile(unit).sections.find((it) => it.name === type.section)?.header;
    if (!header) return;
    const message = `.${type.extension} files require ${describePodman(type.since)}: ${describePodman(podmanOf(unit))} makes nothing of this file`;
    yield { ...header.nameSpan, severity: "error", message };
  },
};

/** What says the same with the recommended key, where a line alone shows it. */
function renewed(key: string, value: string): string | undefined {
  if (key === "VolatileTmp" && /^(?:1|yes|true|on)$/i.test(value)) return "Tmpfs=/tmp:rw,size=512M,mode=1777";
  return key === "RemapUsers" && /^(?:auto|keep-id)$/.test(value) ? `UserNS=${value}` : undefined;
}

const replaced: LineRule = {
  code: "quadlet/replaced",
  *line({ section, node, known }, unit) {
    const name = known?.podman?.replacedBy;
    if (name === undefined) return;
    const line = renewed(node.key, node.text);
    // The other keys of the old way have no meaning with the new one.
    const alone = !section.nodes.some((it) => it.kind === "assignment" && /^Remap(?:Uid|Gid|UidSize)$/.test(it.key));
    const fixes =
      line && alone && isThere(name, unit)
        ? [
            {
              title: `Change to ${line}`,
              safe: false,
              edits: () => [{ start: node.keySpan.start, end: node.valueSpan.end, newText: line }],
            },
          ]
        : [];
    const message = `${node.key}= is deprecated: write ${name}= instead`;
    yield { ...node.keySpan, severity: "info", message, directive: node.key, tag: "deprecated", fixes };
  },
};

/** Whether the target knows a key. */
const isThere = (name: string, unit: Unit): boolean =>
  sectionsFor(unit).some((it) => {
    const since = unit.family.content.directive(it, name)?.podman?.since;
    return since !== undefined && since <= podmanOf(unit);
  });

const conflict: Rule = {
  code: "quadlet/conflict",
  *check(file): Iterable<Found> {
    // Its parts are judged one by one.
    const unit = file.path.role === "drop-in" ? seenFromDropIn(file) : file;
    if (!unit || unit.path.kind === "quadlets") return;
    const reported = new Set<string>();
    for (const { name: section, nodes } of readSections(unit)) {
      if (!isQuadletSection(section)) continue;
      const isSet = (name: string): boolean => (lastText(unit, section, name) ?? "") !== "";
      for (const node of nodes) {
        if (node.kind !== "assignment" || node.text === "") continue;
        const facts = unit.family.content.directive(section, node.key)?.podman;
        const other = facts?.excludes?.find(isSet);
        if (other && isSet(node.key) && !reported.has(other)) {
          reported.add(node.key);
          const message = `${node.key}= and ${other}= exclude each other: podman refuses the file, and there is no service`;
          yield { ...node.keySpan, severity: "error", message, directive: node.key };
        }
        if (facts?.needs === undefined || isSet(facts.needs) || !isSet(node.key)) continue;
        const message = `${node.key}= requires ${facts.needs}=: podman refuses the file, and there is no service`;
        yield { ...node.keySpan, severity: "error", message, directive: node.key };
      }
    }
  },
};

/** The last value of a key in all files of the unit; undefined where it is never set. */
const lastText = (unit: Unit, section: Parameters<typeof mergedDirectives>[1], name: string): string | undefined =>
  mergedDirectives(unit, section).get(name)?.at(-1)?.text;

/** The rules about keys of quadlets. */
export const QUADLET_KEY_RULES: readonly (Rule | LineRule)[] = [unknownKey, tooNew, typeTooNew, replaced, conflict];
