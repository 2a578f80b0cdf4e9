import type { Finding } from "../findings/finding.ts";
import { benefitOf } from "./benefit.ts";
import { fixesOf } from "./hardeningActions.ts";
import type { ShownFindings } from "./hardeningSummary.ts";
import { strictestRefusal, withoutReason } from "./strictestSettings.ts";
import { lspEdit, type View } from "./view.ts";

/** One setting that a reader can pick from a list. */
export interface OfferedSetting {
  /** What picking it does, such as `Add ProtectHome=tmpfs`. */
  readonly title: string;
  /** The exposure before and after, or where it stays the same what the setting protects from. */
  readonly gain?: string;
  /** What it may break, and what speaks against it in this unit. */
  readonly reason: string;
  readonly safe: boolean;
  /** Whether a run speaks for it. */
  readonly learnt?: true;
  readonly edits: readonly ReturnType<typeof lspEdit>[];
}

/** All settings that a service lacks, those that are safe first. */
export function offeredSettings(view: View, { folded, open }: ShownFindings): OfferedSetting[] {
  const safe = folded.flatMap((it) => settingsOf(view, it));
  const all = [...safe, ...open.flatMap((it) => settingsOf(view, it))];
  return all.toSorted((a, b) => Number(b.safe) - Number(a.safe));
}

function settingsOf(view: View, finding: Finding): OfferedSetting[] {
  const { unit } = view;
  const { withheld, caution = "", directive } = finding;
  return fixesOf(unit, finding).map((fix) => {
    const edits = fix.edits();
    const gain = fix.sets && benefitOf(unit, fix.sets, edits);
    const against = withheld ?? (fix.safe || fix.suits ? undefined : strictestRefusal(unit, directive));
    return {
      title: withoutReason(fix.title, withheld),
      ...(gain === undefined ? {} : { gain }),
      reason: against === undefined ? caution : `${against[0]?.toUpperCase()}${against.slice(1)}. ${caution}`,
      safe: fix.safe && withheld === undefined,
      edits: edits.map((edit) => lspEdit(view, edit)),
    };
  });
}
