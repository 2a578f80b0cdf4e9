import { type CodeAction, CodeActionKind } from "vscode-languageserver-types";
import type { Severities } from "../../findings/pattern.ts";
import { inHost } from "../../hosts/hostedFindings.ts";
import { unknownAdvice } from "../../hosts/judge.ts";
import { hostEdits, Rereads } from "../../hosts/proven.ts";
import type { Span, TextEdit } from "../../text/span.ts";
import { titleWithGain } from "../benefit.ts";
import { asRefactoring } from "../codeActions.ts";
import { diagnosticOf } from "../diagnostics.ts";
import { hardeningChoices } from "../hardenAction.ts";
import { safeSingles } from "../hardeningActions.ts";
import { HARDEN_KIND } from "../offered.ts";
import { lspEdit } from "../view.ts";
import { type HostedView, inFile, type ShownHosted } from "./hostedView.ts";

/** Of so many findings and services a selection has actions; who selects more wants the action for the whole file. */
const [MOST_FINDINGS, MOST_SERVICES] = [100, 4];

/** So many characters are read again at most to harden the services of a selection. */
const MOST_READ_AGAIN = 2 << 20;

/** How many single settings are offered with all that is safe. */
const SINGLES = 3;

/**
 * What can be done about a span: fixes of findings, and what hardens a service on its name and, where a person asks, on any of
 * its lines; all as edits of the file.
 */
export function hostedActions(
  view: HostedView,
  uri: string,
  span: Span,
  severities: Severities,
  automatic = false,
): CodeAction[] {
  const touches = (it: Span): boolean => it.start <= span.end && it.end >= span.start;
  const found = view.found.filter((it) => touches(it.place)).slice(0, MOST_FINDINGS);
  const placed = inHost(view.host, view.file, found);
  const fixes = found.flatMap((it, at) => {
    const own = inFile(view, it.of.unit);
    const finding = placed[at];
    return (finding?.fixes ?? []).map((fix, rank): CodeAction => {
      const edits = fix.edits().map((edit) => lspEdit(own, edit));
      const original = it.finding.fixes.find(({ title }) => title === fix.title) ?? fix;
      return {
        title: titleWithGain(it.of.unit, original),
        kind: CodeActionKind.QuickFix,
        diagnostics: finding ? [diagnosticOf(own, finding)] : [],
        edit: { changes: { [uri]: edits } },
        ...(rank === 0 && fix.safe && !finding?.code.startsWith("hardening/") ? { isPreferred: true } : {}),
      };
    });
  });
  const near = view.units.filter(({ hosted }) => touches(hosted.name) || (!automatic && touches(hosted.extent)));
  const rereads = new Rereads(MOST_READ_AGAIN);
  const hardening = near.slice(0, MOST_SERVICES).flatMap((it) => {
    const actions = hardenIn(view, uri, it, severities, rereads);
    return touches(it.hosted.name) ? actions : actions.map(asRefactoring);
  });
  return [...fixes, ...hardening];
}

/** The settings that matter most, and whole profiles, which are proven first, as a long file is not read often. */
function hardenIn(
  view: HostedView,
  uri: string,
  of: ShownHosted,
  severities: Severities,
  rereads: Rereads,
): readonly CodeAction[] {
  const { hosted, written, unit, shown, found } = of;
  if (!found.some((it) => it.advice !== undefined)) return [];
  const action = (title: string, kind: CodeActionKind, edits: readonly TextEdit[]): readonly CodeAction[] => {
    const own = hostEdits(view.host, view.file, { hosted, written, edits, version: view.version }, rereads);
    const inLsp = own?.map((it) => lspEdit(inFile(view, unit), it));
    return inLsp ? [{ title, kind, edit: { changes: { [uri]: inLsp } } }] : [];
  };
  const singles = safeSingles(unit, shown.folded).slice(0, SINGLES);
  const choices = hardeningChoices({ unit, lines: view.lines }, { ...severities, ...unknownAdvice(hosted) });
  // Nobody knows which paths of the store a service needs in its own root directory.
  const profiles = choices
    .filter((it) => it.id !== "confined")
    .flatMap(({ title, hardened }) => action(title, HARDEN_KIND, hardened.edits));
  return [
    ...singles.flatMap(({ fix }) => action(titleWithGain(unit, fix), CodeActionKind.QuickFix, fix.edits())),
    ...profiles,
  ];
}
