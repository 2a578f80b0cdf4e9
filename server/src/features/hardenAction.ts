import {
  type AnnotatedTextEdit,
  type ChangeAnnotation,
  type CodeAction,
  CodeActionKind,
  type WorkspaceEdit,
} from "vscode-languageserver-types";
import { isOff } from "../lint/check.ts";
import { hardenedSection } from "../lint/hardening/hardening.ts";
import { confine, type Hardened, type HardenedEdit, hardenUnit } from "../lint/hardening/profile.ts";
import type { Severities } from "../lint/pattern.ts";
import type { Span } from "../text/span.ts";
import { gainOf } from "./exposure.ts";
import { lspEdit, type View } from "./view.ts";

/** The kind of these actions: they rewrite the service, and nothing that runs "fix all" takes them. */
export const HARDEN_KIND = CodeActionKind.RefactorRewrite;

const PROFILES = ["basic", "strict", "isolated"] as const;

/**
 * The actions on the header of [Service] that harden it in one step; a profile that adds nothing to the one before it is
 * left out. With `version`, for clients that know annotated edits, each group of settings is shown before it is applied.
 */
export function hardenActions(
  view: View,
  uri: string,
  span: Span,
  version: number | undefined,
  severities?: Severities,
): CodeAction[] {
  const header = hardenedSection(view.unit)?.header;
  if (!header || header.start > span.end || header.end < span.start) return [];
  const actions: CodeAction[] = [];
  let known = 0;
  for (const profile of PROFILES) {
    const hardened = hardenUnit(view.unit, profile, (code) => isOff(code, severities));
    // A profile includes the ones before it.
    if (hardened.settings.length <= known) continue;
    known = hardened.settings.length;
    actions.push(actionOf(view, uri, `Harden this service: ${profile}`, hardened, version));
  }
  const confined = confine(view.unit);
  if (confined) actions.push(actionOf(view, uri, "Confine this service to an empty root", confined, version));
  return actions;
}

function actionOf(
  view: View,
  uri: string,
  title: string,
  { edits, settings }: Hardened,
  version: number | undefined,
): CodeAction {
  const lines = settings.map((it) => it.line);
  const gain = gainOf(view.unit, lines, edits);
  return {
    title: gain === undefined ? title : `${title} (${gain})`,
    kind: HARDEN_KIND,
    edit: version === undefined ? plain(view, uri, edits) : annotated(view, uri, edits, version),
  };
}

function plain(view: View, uri: string, edits: readonly HardenedEdit[]): WorkspaceEdit {
  return { changes: { [uri]: edits.map((edit) => lspEdit(view, edit)) } };
}

/** Each group is an annotation of its own, so that it can be left out. */
function annotated(view: View, uri: string, edits: readonly HardenedEdit[], version: number): WorkspaceEdit {
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  for (const { heading } of edits) {
    const settings = edits.filter((it) => it.heading === heading).flatMap((it) => it.settings);
    const description = settings.map((it) => it.line).join(", ");
    changeAnnotations[heading] = { label: heading, needsConfirmation: true, description };
  }
  const changes = edits.map((edit): AnnotatedTextEdit => ({ ...lspEdit(view, edit), annotationId: edit.heading }));
  return { documentChanges: [{ textDocument: { uri, version }, edits: changes }], changeAnnotations };
}
