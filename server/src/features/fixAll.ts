import type { CodeAction } from "vscode-languageserver-types";
import type { UnitContext } from "../findings/rule.ts";
import type { Selection } from "../rules/check.ts";
import { fixAllEdits } from "../rules/fixAll.ts";
import { withSayings } from "../units/index/unitIndex.ts";
import { withText } from "../units/readUnit.ts";
import type { Unit } from "../units/unit.ts";
import { FIX_ALL_KIND } from "./offered.ts";
import { lspEdit, type View } from "./view.ts";

/** One action with the safe fixes of a whole document, those of `unit-warden check --fix`; none where nothing is to fix. */
export function fixAllAction(view: View, uri: string, selection: Selection, context?: UnitContext): CodeAction[] {
  const { unit } = view;
  const edits = fixAllEdits(
    (text) => (text === unit.file.text ? unit : withText(unit, text)),
    unit.file.text,
    selection,
    "safe",
    (it) => context && (it === unit ? context : amongOthers(it, context)),
  );
  if (edits.length === 0) return [];
  const title = "Apply all safe fixes of Unit Warden";
  return [{ title, kind: FIX_ALL_KIND, edit: { changes: { [uri]: edits.map((it) => lspEdit(view, it)) } } }];
}

/** The other units around a text that is not written yet. */
const amongOthers = ({ file }: Unit, context: UnitContext): UnitContext => ({
  ...context,
  index: withSayings(context.index, context.path, file),
});

/** Whether a client asks for fixes of the whole document: only by name, as no cursor stands at them. */
export const wantsFixAll = (only: readonly string[] | undefined): boolean =>
  only?.some((it) => it !== "" && (it === FIX_ALL_KIND || FIX_ALL_KIND.startsWith(`${it}.`))) ?? false;
