import type { SystemdVersion } from "../facts/version.ts";
import type { HostedFile } from "../hosts/hostedUnit.ts";
import { hostLanguage } from "../hosts/hosts.ts";
import { readHostedUnit } from "../hosts/judge.ts";
import type { Unit } from "../units/unit.ts";
import { attemptEach } from "./attempts.ts";
import { isContainer } from "./containerFiles.ts";
import { type InputFile, type InputFiles, type InputUnit, isService } from "./files.ts";
import type { Host } from "./host.ts";
import { unitText } from "./unitText.ts";

/** A service that stands as a whole in a file of another language. */
export type HostedService = InputUnit & { readonly hosted: number };

/** Whether a file is a service, or may have some as one of another language does. */
export const mayHaveServices = (file: InputFile): file is InputFile =>
  isService(file) || (file.unit === undefined && hostLanguage(file.path)?.judged === true);

/**
 * Puts the services of a file of another language in its place; of a file that was named and has none that is a problem.
 * Of a unit of which a part stands elsewhere nobody knows the exposure.
 */
export function withHostedServices(
  host: Host,
  { files, problems }: InputFiles,
  named: readonly string[],
): InputFiles<InputUnit> {
  const found = attemptEach(files, problems, (file): readonly InputUnit[] => {
    if (isService(file) || isContainer(file)) return [file];
    const language = hostLanguage(file.path);
    const text = unitText(host, file.path, file.is);
    const units = language?.mayHold(text) ? language.units(text).units : [];
    const services = units.flatMap(({ path: unit }, hosted): readonly HostedService[] => {
      const service: HostedService = { path: file.path, unit, kind: unit.kind, hosted };
      return isService(service) ? [service] : [];
    });
    if (services.length === 0 && named.includes(file.path)) throw new Error(noServices(units.length > 0));
    return services;
  });
  return { files: found.flat(), problems };
}

/** Why a file has nothing to harden. */
export const noServices = (hasUnits: boolean): string =>
  hasUnits ? "none of the units in it is a service that stands there as a whole" : "no unit stands in it";

/** Whether an input is a service of a file of another language. */
export const isHosted = (file: InputFile & { readonly hosted?: number }): file is HostedService =>
  file.hosted !== undefined;

/** A service of such a file as systemd would read it, without what nobody knows of it, and how many values that is. */
interface ReadService {
  readonly unit: Unit;
  readonly unknown: number;
}

/** Reads such services. A file is read once for those of it that come one after the other. */
export function hostedReader(host: Host): (service: HostedService, version: SystemdVersion) => ReadService {
  let last: { readonly path: string; readonly file: HostedFile | undefined } | undefined;
  return ({ path, hosted }, version) => {
    if (last?.path !== path) last = { path, file: hostLanguage(path)?.units(unitText(host, path)) };
    const { file } = last;
    const unit = file?.units[hosted];
    if (!file || !unit) throw new Error("it was changed in the meantime");
    return { unit: readHostedUnit(file, unit, version), unknown: unit.settings.filter((it) => !it.parts).length };
  };
}

/** How reports call one of the units of a file. */
export const hostedPath = (path: string, at: number, name: string | undefined): string => `${path}#${name ?? at + 1}`;
