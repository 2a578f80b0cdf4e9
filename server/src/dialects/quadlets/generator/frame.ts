import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { QUADLET_TYPES, SHARED_SECTION } from "../../../facts/quadlets/keys.ts";
import { holdsIn } from "../../../facts/version.ts";
import { addSetting, type Conversion, isKnown } from "./conversion.ts";
import { isUnambiguousImage } from "./imageName.ts";
import { quadletWords } from "./quadletWords.ts";
import type { SourceSetting } from "./sources.ts";

/** The settings of [Unit] in which names of quadlets stand for their services, in the order in which they are written. */
const DEPENDENCIES = [
  "After",
  "Before",
  "BindsTo",
  "Conflicts",
  "OnFailure",
  "OnSuccess",
  "PartOf",
  "PropagatesReloadTo",
  "PropagatesStopTo",
  "ReloadPropagatedFrom",
  "Requires",
  "Requisite",
  "StopPropagatedFrom",
  "Upholds",
  "Wants",
];

/** What every service has, whatever its type: unknown keys are refused, dependencies translated, sections renamed. */
export function frameService(conversion: Conversion): void {
  const { draft, unit, version, source } = conversion;
  const { section } = unit.type;
  refuseUnknownKeys(conversion, section);
  if (podmanDoes(version, "reads [Quadlet]")) refuseUnknownKeys(conversion, SHARED_SECTION);
  if (podmanDoes(version, "translates dependencies")) translateDependencies(conversion);
  waitForNetwork(conversion);
  const path = (): void => addSetting(conversion, "Unit", "SourcePath", source.path);
  const mounts = (): void => addSetting(conversion, "Unit", "RequiresMountsFor", "%t/containers");
  if (section === "Build" && !podmanDoes(version, "names the path first")) {
    mounts();
    path();
  } else {
    path();
    mounts();
  }
  draft.rename(section, `X-${section}`);
  if (podmanDoes(version, "reads [Quadlet]")) draft.rename(SHARED_SECTION, `X-${SHARED_SECTION}`);
  remarkOf(conversion);
}

function refuseUnknownKeys({ source, version, refuse }: Conversion, section: string): void {
  const reported = new Set<string>();
  for (const { key, keySpan, path } of source.settings.get(section) ?? []) {
    if (reported.has(key) || isKnown(section, key, version)) continue;
    reported.add(key);
    refuse("unknown-key", key, { path, ...keySpan });
  }
}

function translateDependencies({ source, units, draft, version, refuse }: Conversion): void {
  const settings = source.settings.get("Unit") ?? [];
  for (const name of DEPENDENCIES) {
    const own = settings.filter(({ key }) => key === name);
    const counting = own.slice(own.findLastIndex(({ value }) => value.text === "") + 1);
    const words = counting.flatMap((it) =>
      quadletWords(it.value.text, "words").words.map(({ text }) => [text, it] as const),
    );
    const translated = words.map(([text, setting]) => {
      if (!isQuadletName(text, version)) return text;
      const unit = units.get(text);
      if (!unit) refuse("dependency", text, setting);
      return `${unit?.service ?? text}.service`;
    });
    if (!words.some(([text]) => isQuadletName(text, version))) continue;
    const [first] = counting;
    draft.remove("Unit", name);
    draft.add("Unit", {
      key: name,
      value: translated.join(" "),
      copied: false,
      ...(first ? { origin: settingSpan(first) } : {}),
    });
  }
}

const settingSpan = ({ path, start, end }: SourceSetting) => ({ path, start, end });

const isQuadletName = (name: string, version: number): boolean =>
  QUADLET_TYPES.some((it) => holdsIn(it, version) && name.endsWith(`.${it.extension}`));

function waitForNetwork({ draft, version, scope, source }: Conversion): void {
  if (!podmanDoes(version, "waits for the network")) return;
  const setting = source.settings.get(SHARED_SECTION)?.findLast(({ key }) => key === "DefaultDependencies");
  const reads = podmanDoes(version, "reads [Quadlet]");
  if (setting && reads && !/^"*(?:1|yes|true|on)"*$/i.test(setting.value.text)) return;
  const user = scope === "user" && reads;
  const value = user ? "podman-user-wait-network-online.service" : "network-online.target";
  draft.prepend("Unit", { key: "After", value, copied: false });
  draft.prepend("Unit", { key: "Wants", value, copied: false });
}

function remarkOf({ own, unit, service, version, remark }: Conversion): void {
  if (podmanDoes(version, "warns of users"))
    for (const name of ["User", "Group", "DynamicUser"]) {
      const setting = service.last(name);
      if (setting) remark("service-user", name, settingSpan(setting));
    }
  if (!["Container", "Image", "Volume"].includes(unit.type.section)) return;
  const image = own.text("Image");
  if (image && !isUnambiguousImage(image.text)) remark("short-image", image.text, image.origin);
}
