import type { PodmanVersion } from "../../../facts/podmanVersions.ts";
import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { holdsIn, type Lifetime } from "../../../facts/version.ts";
import {
  addSetting,
  type Conversion,
  itemText,
  optionAndValue,
  type PodmanCommand,
  pathFromQuadlet,
  type QuadletUnit,
} from "./conversion.ts";
import { quotedWord } from "./quadletWords.ts";
import type { Origin } from "./service.ts";
import type { SourceItem } from "./sources.ts";

/** Makes the service start after another one. */
function requires(conversion: Conversion, service: string, origin: Origin): void {
  addSetting(conversion, "Unit", "Requires", `${service}.service`, origin);
  addSetting(conversion, "Unit", "After", `${service}.service`, origin);
}

/** The quadlet of a name. Before 5.3 one of a volume or a network need not be there. */
export function linked(
  { units, version }: Conversion,
  name: string,
): Pick<QuadletUnit, "service" | "resource"> | undefined {
  const found = units.get(name);
  if (podmanDoes(version, "looks links up") || (found && found.resource !== "")) return found;
  const [, stem, extension] = /^(.*)\.(volume|network)$/s.exec(name) ?? [];
  return stem === undefined ? undefined : { service: `${stem}-${extension}`, resource: `systemd-${stem}` };
}

/** Network=: the networks to join, of quadlets and others. */
export function addNetworks(conversion: Conversion, command: PodmanCommand): void {
  const { own, version } = conversion;
  for (const { text, origin } of own.lines("Network")) {
    const colon = text.indexOf(":");
    const name = colon < 0 ? text : text.slice(0, colon);
    const options = colon < 0 ? undefined : text.slice(colon + 1);
    const joins = name.endsWith(".container") && podmanDoes(version, "joins containers");
    let network = text;
    if (name.endsWith(".network") || joins) {
      const unit = linked(conversion, name);
      if (!unit) {
        conversion.refuse("link-not-found", name, origin);
        continue;
      }
      if (unit.resource === "") {
        conversion.refuse("resource-name", name, origin);
        continue;
      }
      requires(conversion, unit.service, origin);
      if (joins && options !== undefined) {
        conversion.refuse("container-network-options", name, origin);
        continue;
      }
      network = `${joins ? "container:" : ""}${unit.resource}${options === undefined ? "" : `:${options}`}`;
    }
    command.take(origin, ...optionAndValue(version, "--network", network));
  }
}

/** Volume=: what to mount, of quadlets and others. */
export function addVolumes(conversion: Conversion, command: PodmanCommand): void {
  for (const { text, origin } of conversion.own.lines("Volume")) {
    const parts = text.split(":");
    const [source = "", target = "", ...options] = parts.length < 2 ? ["", text] : parts;
    const from = source === "" ? "" : storageSource(conversion, { text: source, origin }, false);
    if (from === undefined) continue;
    const rest = options.length > 0 ? `:${options.join(":")}` : "";
    // Without a source there are no options.
    command.take(origin, "-v", from === "" ? target : `${from}:${target}${rest}`);
  }
}

/** Since when a mount may take what it mounts from a quadlet of a type; an image only for Mount=. */
const SOURCES: Readonly<Record<string, Lifetime>> = { volume: {}, image: { since: 5.3 }, artifact: { since: 5.7 } };

/** The source of a mount: a quadlet's object, an absolute path, or the name as it is; undefined where it is refused. */
export function storageSource(
  conversion: Conversion,
  { text, origin }: SourceItem,
  images: boolean,
): string | undefined {
  const source = text.startsWith(".") ? pathFromQuadlet(conversion, text) : text;
  if (source.startsWith("/")) {
    addSetting(conversion, "Unit", "RequiresMountsFor", mountPath(source, conversion.version), origin);
    return source;
  }
  const [, extension = ""] = /\.(\w+)$/.exec(source) ?? [];
  if (extension === "image" && !images) return source;
  const life = Object.hasOwn(SOURCES, extension) ? SOURCES[extension] : undefined;
  if (!life || !holdsIn(life, conversion.version)) return source;
  const unit = linked(conversion, source);
  if (!unit) {
    conversion.refuse("link-not-found", source, origin);
    return undefined;
  }
  requires(conversion, unit.service, origin);
  return unit.resource;
}

/** Since 5.5 a path with blanks is written as one. */
export const mountPath = (path: string, version: PodmanVersion): string =>
  podmanDoes(version, "escapes blanks") ? quotedWord(path, version) : path;

/** Since when an image may be that of an .image or a .build file. */
const IMAGE_LINKS: Readonly<Record<string, Lifetime>> = { image: { since: 4.8 }, build: { since: 5.2 } };

/** The image of a quadlet, or the name as it is; undefined where it is refused. */
export function imageSource(conversion: Conversion, { text, origin }: SourceItem): string | undefined {
  const [, extension] = /\.(image|build)$/.exec(text) ?? [];
  if (extension === undefined || !holdsIn(IMAGE_LINKS[extension] ?? {}, conversion.version)) return text;
  const unit = conversion.units.get(text);
  if (!unit || (unit.resource === "" && !podmanDoes(conversion.version, "looks links up"))) {
    conversion.refuse("image-not-found", text, origin);
    return undefined;
  }
  requires(conversion, unit.service, origin);
  return unit.resource;
}

/** Pod=: the pod that a container belongs to. */
export function addPod(conversion: Conversion, command: PodmanCommand): void {
  const { own, units, unit, version } = conversion;
  const pod = own.filled("Pod");
  if (!pod || !podmanDoes(version, "has pods")) return;
  const name = itemText(pod);
  if (!name.endsWith(".pod")) {
    conversion.refuse("pod-not-quadlet", name, pod.origin);
    return;
  }
  const found = units.get(name);
  if (!found) {
    conversion.refuse("pod-not-found", name, pod.origin);
    return;
  }
  if (podmanDoes(version, "names containers")) command.take(pod.origin, "--pod", found.resource);
  else command.take(pod.origin, "--pod-id-file", `%t/${found.service}.pod-id`);
  addSetting(conversion, "Unit", "BindsTo", `${found.service}.service`, pod.origin);
  addSetting(conversion, "Unit", "After", `${found.service}.service`, pod.origin);
  const starts = !podmanDoes(version, "leaves containers of pods") || (own.flag("StartWithPod") ?? true);
  // A template has no instance that could be started; systemd takes the name of the pod's service for one.
  const isLeft = podmanDoes(version, "leaves templates of pods") && /@\.[^.]*$/.test(conversion.source.name);
  if (starts && !isLeft) found.starts.push({ service: unit.service, origin: pod.origin });
}
