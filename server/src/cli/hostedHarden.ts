import type { SystemdVersion } from "../facts/version.ts";
import type { Profile } from "../hardening/profiles.ts";
import { hardenHosted } from "../hosts/hostedHardening.ts";
import { hostLanguage } from "../hosts/hosts.ts";
import { Rereads } from "../hosts/proven.ts";
import { onOneLine } from "../text/printable.ts";
import { isUtf8Clean } from "../text/utf8.ts";
import { unifiedDiff } from "./diff.ts";
import type { InputFile } from "./files.ts";
import { hardenedJson } from "./hardenJson.ts";
import { type HardenLayout, hardenReport } from "./hardenReport.ts";
import type { Host } from "./host.ts";
import { hostedPath, noServices } from "./hostedServices.ts";
import type { OutputPart } from "./outcome.ts";
import { lineWidth } from "./terminal.ts";
import { unitText } from "./unitText.ts";
import { hangingComments } from "./wrapping.ts";
import type { FileResult } from "./writes.ts";

/** What is asked of the command. */
interface HostedHardening {
  readonly profile: Profile;
  readonly likely: boolean;
  readonly write: boolean;
  readonly "drop-in": boolean;
  readonly format: "diff" | "nix" | "json";
  readonly systemd: SystemdVersion;
}

/** Hardens the services of a file of another language, in its own words; throws where it has none, or where that is not what was asked for. */
export function hardenHostedFile(
  host: Host,
  { path, is }: InputFile,
  options: HostedHardening,
  { isNamed, layout }: { readonly isNamed: boolean; readonly layout: HardenLayout },
): {
  readonly made: FileResult<readonly OutputPart[]> | undefined;
  readonly isOpen: boolean;
  readonly hasServices: boolean;
} {
  const language = hostLanguage(path);
  const before = unitText(host, path, is);
  const { profile, systemd, likely, write, format } = options;
  const wanted = { profile, sure: likely ? ("likely" as const) : ("safe" as const) };
  const holds = language?.mayHold(before) === true;
  const rereads = new Rereads();
  const all = holds ? hardenHosted(language, before, systemd, wanted, rereads) : [];
  if (all.length > 0 && !isUtf8Clean(before)) throw new Error("this is not valid UTF-8: the file is left as it is");
  if (all.length === 0) {
    if (isNamed) throw new Error(noServices(holds && language.units(before).units.length > 0));
    return { made: undefined, isOpen: false, hasServices: false };
  }
  if (options["drop-in"]) throw new Error("its services are hardened in place: leave out --drop-in");
  if (format === "nix") throw new Error("its settings are printed in its own language: leave out --format nix");
  const text = all.at(-1)?.text ?? before;
  const isChanged = text !== before;
  if (!isChanged && !isNamed) return { made: undefined, isOpen: false, hasServices: true };
  const plans = all.map((it) => ({ ...it, name: hostedPath(path, it.at, it.hosted.path.name) }));
  const parts = plans.flatMap((it): readonly OutputPart[] => {
    const { name, unit, hardened, settings, leftOut, isKnown } = it;
    const plan = { path: format === "json" ? path : name, text: it.text, settings, unit, hardened };
    if (format === "json") return [{ text: hardenedJson(name, plan, leftOut), as: "json" }];
    const shown = isKnown
      ? ""
      : `#   its command is an expression, so nobody knows what it bears: ${onOneLine(name)}\n`;
    return [
      ...hardenReport({ ...plan, before: plan.text, leftOut }, layout),
      { text: hangingComments(shown, lineWidth(layout.terminal)), as: "report" },
    ];
  });
  const change = write || format === "json" ? "" : unifiedDiff(path, before, text, layout.terminal.colours);
  const value: readonly OutputPart[] = format === "json" ? parts : [...parts, { text: change, as: "exact" }];
  const note = rereads.isCut
    ? `${path}: some services are left as they are: there are too many for its length`
    : undefined;
  return {
    made: { value, note, write: write && isChanged ? { path, before, text } : undefined },
    isOpen: isChanged && !write,
    hasServices: true,
  };
}
