import type { Fix } from "../../../findings/finding.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { mergedDirectives, type Unit } from "../../../units/unit.ts";
import { generatedOf, isInOwnFile } from "./generated.ts";
import { ownLine, spanSeconds } from "./silent.ts";

/** Follows the warning of warnIfAmbiguousName(), podman 4.4 to 6.0. */
const shortImage: Rule = {
  code: "quadlet/short-image",
  *check(unit): Iterable<Found> {
    for (const it of generatedOf(unit)?.remarks ?? []) {
      const { start, end, about } = it;
      if (it.reason !== "short-image" || /[%$]/.test(about) || !isInOwnFile(unit, it)) continue;
      const isUpdated = lastText(unit, "AutoUpdate") === "registry";
      const message = isUpdated
        ? `Image=${about} is a short name: podman auto-update refuses it, as AutoUpdate=registry needs the full name with its registry`
        : `Image=${about} is a short name: which registry it is pulled from depends on registries.conf of the machine, and without a terminal podman may refuse it; write the full name`;
      yield { start, end, severity: isUpdated ? "warning" : "info", message, directive: "Image", fixes: [full(it)] };
    }
  },
};

/** Where most short names lead. */
function full({ start, end, about }: { readonly start: number; readonly end: number; readonly about: string }): Fix {
  const newText = `docker.io/${about.includes("/") ? "" : "library/"}${about}`;
  return { title: `Change to Image=${newText}`, safe: false, edits: () => [{ start, end, newText }] };
}

const lastText = (unit: Unit, key: string): string | undefined =>
  mergedDirectives(unit, "Container").get(key)?.at(-1)?.text;

/** What systemd waits by default, which podman's manual calls short for a pull. */
const DEFAULT_SECONDS = 90;

const pullTimeout: Rule = {
  code: "quadlet/pull-timeout",
  *check(unit): Iterable<Found> {
    if (unit.path.kind !== "container" || !mayPull(unit)) return;
    const service = mergedDirectives(unit, "Service");
    const line = ["TimeoutStartSec", "TimeoutSec"].map((it) => service.get(it)?.at(-1)).find((it) => it !== undefined);
    const seconds = line && spanSeconds(line.text);
    if (!line || !seconds || seconds >= DEFAULT_SECONDS || !ownLine(unit, line.keySpan.start, line.key)) return;
    const message = `${line.key}=${line.text} also has to last for the pull of the image: the first start times out where that takes longer; ${MANUAL} is usual`;
    yield { ...line.valueSpan, severity: "info", message, directive: line.key, fixes: longer(line) };
  },
};

const LONG = "900";
const MANUAL = `TimeoutStartSec=${LONG}`;

function longer({ key, valueSpan }: { key: string; valueSpan: { start: number; end: number } }): readonly Fix[] {
  if (key !== "TimeoutStartSec") return [];
  return [{ title: `Change to ${MANUAL}`, safe: false, edits: () => [{ ...valueSpan, newText: LONG }] }];
}

/** Whether podman may ask a registry when it starts the container. */
function mayPull(unit: Unit): boolean {
  const image = lastText(unit, "Image") ?? "";
  const isLocal = /\.(?:image|build)$|^localhost\/|^(?:sha256:)?[0-9a-f]{64}$/.test(image);
  return image !== "" && !isLocal && lastText(unit, "Pull") !== "never";
}

/** What a name of an image, and the time that its pull takes, mean for the start. */
export const QUADLET_IMAGE_RULES: readonly Rule[] = alsoInDropIns([shortImage, pullTimeout]);
