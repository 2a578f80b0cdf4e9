import { isQuadletKind, type QuadletFileKind } from "../facts/quadletKinds.ts";

/** The parts of the name of a quadlet file. */
export interface QuadletName {
  readonly full: string;
  /** The name without its suffix: `web@`. */
  readonly stem: string;
  /** What stands before the `@`. */
  readonly prefix: string;
  /** What stands after the `@`, empty for a template; undefined where there is no `@`. */
  readonly instance: string | undefined;
  readonly kind: Exclude<QuadletFileKind, "quadlets">;
}

const VALID = /^([A-Za-z0-9:\-_.\\]+)(?:@([A-Za-z0-9:\-_.\\@]*))?\.([a-z]+)$/;

/** Takes the name of a quadlet file apart, undefined where it is none. */
export function parseQuadletName(name: string): QuadletName | undefined {
  const kind = name.slice(name.lastIndexOf(".") + 1);
  if (!isQuadletKind(kind) || kind === "quadlets") return undefined;
  const [, prefix, instance] = VALID.exec(name) ?? [];
  return prefix === undefined
    ? undefined
    : { full: name, stem: name.slice(0, -kind.length - 1), prefix, instance, kind };
}

/** What the generator puts behind the stem of a name for the service; nothing for those that are run. */
const SERVICE_ENDS: Readonly<Record<QuadletName["kind"], string>> = {
  container: "",
  kube: "",
  pod: "-pod",
  network: "-network",
  volume: "-volume",
  image: "-image",
  build: "-build",
  artifact: "-artifact",
};

/** The service that the generator makes of a quadlet, where `ServiceName=` gives no other name; of a template as podman 5.7 and later do. */
export function serviceOf({ prefix, instance, kind }: QuadletName): string {
  return `${prefix}${SERVICE_ENDS[kind]}${instance === undefined ? "" : `@${instance}`}.service`;
}

/** The names of the quadlet files that may have become a service. */
export function quadletsFor(service: string): readonly string[] {
  const [, prefix = "", instance = ""] = /^([^@]+)(@.*)?\.service$/.exec(service) ?? [];
  if (prefix === "") return [];
  return Object.entries(SERVICE_ENDS).flatMap(([kind, end]) =>
    prefix.endsWith(end) && prefix.length > end.length
      ? [`${prefix.slice(0, prefix.length - end.length)}${instance}.${kind}`]
      : [],
  );
}
