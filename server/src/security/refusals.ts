import { runsPrograms } from "../families/unitFiles/kinds.ts";
import type { UnitName } from "../values/unitName.ts";
import { type Refusal, refusal } from "./refusals/refusal.ts";
import { verifyOther } from "./refusals/verifyOther.ts";
import { verifyPrograms } from "./refusals/verifyPrograms.ts";
import { verifyService } from "./refusals/verifyService.ts";
import type { UnitSettings } from "./settings.ts";

export type { Refusal } from "./refusals/refusal.ts";

/**
 * What does not go together in the patched settings; a text without a file has no name yet.
 * Follows unit_verify_contexts() and service_verify(), systemd 262.
 */
export function firstRefusal(settings: UnitSettings, name: UnitName | undefined): Refusal | undefined {
  return (
    (runsPrograms(settings.kind) ? verifyPrograms(settings) : undefined) ??
    (settings.kind === "service" ? verifyService(settings) : verifyOther(settings, name)) ??
    verifyJobModes(settings)
  );
}

/** Follows unit_validate_on_failure_job_mode(), systemd 257 to 262. */
function verifyJobModes(settings: UnitSettings): Refusal | undefined {
  for (const [list, mode, directive] of [
    [settings.onFailure, settings.onFailureJobMode, "OnFailure"],
    [settings.onSuccess, settings.onSuccessJobMode, "OnSuccess"],
  ] as const) {
    if (mode === "isolate" && list.size > 1) {
      return refusal("several-isolated", directive, `${directive}= names several units, but only one can be isolated`);
    }
  }
  return undefined;
}
