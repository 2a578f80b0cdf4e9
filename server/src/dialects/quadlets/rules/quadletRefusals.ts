import { describePodman } from "../../../facts/podmanVersions.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { podmanOf } from "../../../units/podman.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";
import { whatIsWrong } from "../generator/reasons.ts";
import type { QuadletRefusal, RefusalReason } from "../generator/refusals.ts";
import { refusalsIn } from "./generated.ts";

const NO_SERVICE = "podman refuses the file, and there is no service";

/** What is told as a setting that is refused; what other rules tell is not here. */
const REFUSED: ReadonlySet<RefusalReason> = new Set([
  "container-network-options",
  "file-relative",
  "gid-without-remap",
  "kill-mode",
  "more-gateways",
  "more-ranges",
  "mount-format",
  "mount-source",
  "mount-source-value",
  "pod-not-quadlet",
  "port",
  "remap-keep-id-system",
  "remap-manual",
  "remap-several",
  "remap-unknown",
  "remap-with-mapping",
  "service-type",
  "uid-without-remap",
  "volume-without-device",
  "working-directory",
  "yaml-several",
]);

/** What is told as a missing key. */
const MISSING: ReadonlySet<RefusalReason> = new Set([
  "artifact-missing",
  "file-missing",
  "image-missing",
  "tag-missing",
  "volume-image-missing",
  "working-directory-missing",
  "yaml-missing",
]);

/** The name of the setting on the line that a refusal points at. */
const finding = ({ start, end }: QuadletRefusal, message: string): Found => ({
  start,
  end,
  severity: "error",
  message,
});

const refusedValue: Rule = {
  code: "quadlet/refused",
  *check(unit) {
    for (const it of refusalsIn(unit)) {
      // Two keys that exclude each other are told as such.
      if ((it.reason === "volume-without-device" && it.about === "Type") || isExcluded(it)) continue;
      const what = REFUSED.has(it.reason) ? whatIsWrong(it) : misread(unit, it);
      if (what !== undefined) yield finding(it, `${what}: ${NO_SERVICE}`);
    }
  },
};

/** What older versions take for a setting, though it goes on with another one. */
function misread(unit: Unit, { reason, about, start }: QuadletRefusal): string | undefined {
  if (reason !== "unknown-key") return undefined;
  const isLine = ownFile(unit).nodes.some((it) => it.kind === "assignment" && it.keySpan.start === start);
  return isLine
    ? undefined
    : `${about} is read as the name of a key, as it follows a comment inside of a continued line`;
}

const isExcluded = ({ reason, about, start, end }: QuadletRefusal): boolean =>
  reason === "remap-with-mapping" && about === "RemapUsers" && end - start > "RemapUsers=".length;

const missingKey: Rule = {
  code: "quadlet/missing-key",
  *check(unit) {
    for (const it of refusalsIn(unit)) {
      if (!MISSING.has(it.reason)) continue;
      const isRun = it.reason === "image-missing" && unit.path.kind === "container";
      const what = isRun ? "Neither Image= nor Rootfs= is set" : whatIsWrong(it);
      yield finding(it, `${what}: ${NO_SERVICE}`);
    }
  },
};

const crash: Rule = {
  code: "quadlet/crash",
  *check(unit) {
    const version = describePodman(podmanOf(unit));
    for (const it of refusalsIn(unit)) {
      if (it.reason === "crash")
        yield finding(
          it,
          `Mount= without source= crashes the generator of ${version}: this quadlet and those after it get no service`,
        );
      if (it.reason === "unreadable" && it.about === "endless")
        yield finding(it, `This continued line never ends for the generator of ${version}: no quadlet gets a service`);
    }
  },
};

const UNREADABLE: Readonly<Record<string, string>> = {
  "no-setting": "This line is no setting, section or comment",
  "before-section": "This setting stands before the first section",
  "section-name": "This is no name of a section",
  "key-name": "The name of this setting begins with a blank",
};

const unreadable: Rule = {
  code: "quadlet/unreadable",
  *check(unit) {
    for (const it of refusalsIn(unit)) {
      const what = it.reason === "unreadable" ? UNREADABLE[it.about] : undefined;
      if (what === undefined) continue;
      if (unit.judged) {
        yield finding(it, `${what}: podman leaves out the whole drop-in`);
        continue;
      }
      const whom = podmanOf(unit) >= 5 ? "this file, and of none in the same folder" : "this file";
      yield { ...finding(it, `${what}: podman makes no service of ${whom}`), stopsReading: true };
    }
  },
};

/** What podman's generator refuses in a quadlet. */
export const QUADLET_REFUSAL_RULES: readonly Rule[] = alsoInDropIns([unreadable, missingKey, refusedValue, crash]);
