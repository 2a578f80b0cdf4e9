import { insertAfter } from "../../findings/edits.ts";
import type { Fix } from "../../findings/finding.ts";
import { usesNetwork } from "../../hardening/networkUse.ts";
import { hardenUnit } from "../../hardening/profile.ts";
import { addStatements } from "../../hardening/statementEdits.ts";
import { credentialFindings } from "../../hardening/suggestions/credentials.ts";
import { directoryFindings } from "../../hardening/suggestions/directoryFindings.ts";
import { check } from "../../rules/check.ts";
import { factsOf } from "../../service/facts.ts";
import { append } from "../../text/append.ts";
import { applyEdits } from "../../text/span.ts";
import { readUnit } from "../../units/readUnit.ts";
import { assignmentsOf, type Unit } from "../../units/unit.ts";
import type { UnitName } from "../../values/unitName.ts";
import type { ExecLine } from "./execLine.ts";
import { type RefusedAnswer, sectionsText } from "./newFiles.ts";
import { type ServiceRights, serviceRights } from "./serviceRights.ts";
import type { WantedService } from "./wanted.ts";

type Exec = Extract<ExecLine, { readonly kind: "exec" }>;

/** A service file with what its reader should know. */
export interface ServiceText {
  readonly kind: "text";
  readonly unit: Unit;
  readonly notes: readonly string[];
}

/**
 * The file of a new service: first as one would write it by hand, then with its directories and secrets in their places, then
 * hardened by the engine that hardens any other service.
 */
export function serviceText(wanted: WantedService, name: UnitName, exec: Exec): ServiceText | RefusedAnswer {
  const unitOf = (text: string): Unit => {
    const path = { kind: "service", role: "unit", name: name.full, scope: wanted.scope } as const;
    return readUnit(path, text, wanted.version);
  };
  const draft = unitOf(plainText(wanted, name, exec, [], draftUser(wanted)));
  const rights = serviceRights(wanted, { plain: draft, placed: inPlaces(draft, unitOf).unit });
  if (rights.kind === "refused") return rights;
  const userLines = linesOf(wanted, rights);
  const first = unitOf(plainText(wanted, name, exec, [], userLines));
  // The user manager has no such target: nothing can wait for it there.
  const network = wanted.scope === "system" && (wanted.port !== undefined || usesNetwork(factsOf(first)));
  const plain = network ? unitOf(plainText(wanted, name, exec, ["After=network.target"], userLines)) : first;
  const placed = inPlaces(plain, unitOf);
  const whole = fitted(unitOf(withState(placed.unit, rights, name, exec)), unitOf);
  const stated = addStatements(whole.file, wanted.statements ?? []);
  const kept = stated.length > 0 ? unitOf(applyEdits(whole.file.text, stated)) : whole;
  const { edits } = hardenUnit(kept, wanted.profile);
  const hardened = unitOf(applyEdits(kept.file.text, edits));
  // It opens a directory of settings for writing: so it comes only where the reader would be asked for it.
  const [open] = check(hardened, { profile: wanted.profile, select: [CONFIGURATION] });
  const [declared] = open?.fixes ?? [];
  const unit = declared ? unitOf(applyEdits(hardened.file.text, declared.edits())) : hardened;
  return { kind: "text", unit, notes: [...rights.notes, ...placed.notes] };
}

/** What rules know that a service of such a program needs, as their first fix has it. */
const FITTING = ["unit/background-program", "unit/stop-status", "unit/buffered-output", "unit/restart-limit"] as const;

const fitted = (unit: Unit, unitOf: (text: string) => Unit): Unit =>
  FITTING.reduce((read, code) => {
    const [fix] = check(read, { profile: "off", select: [code] })[0]?.fixes ?? [];
    return fix ? unitOf(applyEdits(read.file.text, fix.edits())) : read;
  }, unit);

/** The service without any protection, in the order in which people write it. */
function plainText(
  wanted: WantedService,
  name: UnitName,
  exec: Exec,
  order: readonly string[],
  userLines: readonly string[],
): string {
  const { start, scope } = wanted;
  const unit = [
    `Description=${oneLine(wanted.description ?? "") || name.stem}`,
    ...((wanted.documentation ?? []).length > 0 ? [`Documentation=${(wanted.documentation ?? []).join(" ")}`] : []),
    ...order,
  ];
  const job = start.kind === "timer" || start.kind === "path";
  const service = [
    `Type=${job ? "oneshot" : "exec"}`,
    `ExecStart=${exec.value}`,
    ...exec.environment.map((it) => `Environment=${it}`),
    ...(job ? [] : ["Restart=on-failure"]),
    ...userLines,
  ];
  const wantedBy = scope === "user" ? "default.target" : "multi-user.target";
  const install = start.kind === "boot" ? ["[Install]", `WantedBy=${wantedBy}`] : [];
  return sectionsText(["[Unit]", ...unit], ["[Service]", ...service], install);
}

const DYNAMIC = "DynamicUser=yes";

/** The user that the rights are judged by: one of its own, which has the fewest. */
const draftUser = ({ scope }: WantedService): readonly string[] => (scope === "user" ? [] : [DYNAMIC]);

function linesOf({ scope }: WantedService, { runAs, lines }: ServiceRights): readonly string[] {
  if (scope === "user" || runAs.kind === "root") return [];
  return [runAs.kind === "user" ? `User=${runAs.name}` : DYNAMIC, ...lines];
}

/**
 * With a place for what it keeps, where its command names none: what is not root can write nowhere else. Programs of the
 * system start there; those of a project start in its folder, or where systemd starts them.
 */
function withState(
  unit: Unit,
  { runAs, isAtHome }: ServiceRights,
  { prefix, instance }: UnitName,
  { value, environment }: Exec,
): string {
  const { text } = unit.file;
  const project = PROJECT.exec(value)?.[1];
  const folder = project === undefined ? [] : [`WorkingDirectory=${project}`];
  const user = [...assignmentsOf(unit, "Service", "User"), ...assignmentsOf(unit, "Service", "DynamicUser")].at(-1);
  const last = user ?? assignmentsOf(unit, "Service", "ExecStart").at(-1);
  const add = (lines: readonly string[]): string =>
    lines.length === 0 || !last ? text : applyEdits(text, [insertAfter(unit.file, last, lines)]);
  if (runAs.kind === "root" || !user || isAtHome) return add(folder);
  const own = assignmentsOf(unit, "Service", "StateDirectory").at(-1)?.text;
  const directory = own ?? `${prefix.replace(/[^\w.-]/g, "-")}${instance === undefined ? "" : "/%i"}`;
  const isOfSystem = /^"?\/(?:usr|s?bin)\//.test(value) && !/\s"?\/(?:opt|srv|home|root)\//.test(value);
  const start = isOfSystem && !/\s/.test(directory) ? [`WorkingDirectory=%S/${directory}`] : folder;
  // systemd sets no HOME for such a user, and many programs end without one.
  const isHomeless = runAs.kind === "dynamic" && !environment.some((it) => /^"?HOME=/.test(it));
  const home = isHomeless && !/\s/.test(directory) ? [`Environment=HOME=%S/${directory}`] : [];
  return add([...start, ...(own === undefined ? [`StateDirectory=${directory}`] : []), ...home]);
}

/** A program that a project has installed in its folder, from where it finds the rest. */
const PROJECT = /^(\/[^\s"]+)\/(?:\.?venv\/bin|env\/bin|node_modules\/\.bin|vendor\/bin)\/[^\s/]+(?:\s|$)/;

/** More than a command names. */
const MOST = 50;

/** Takes up the advice on directories, key files and written-out secrets, one after the other. */
function inPlaces(plain: Unit, unitOf: (text: string) => Unit): Omit<ServiceText, "kind"> {
  let unit = plain;
  const notes: string[] = [];
  for (let i = 0; i < MOST; i++) {
    const fix = nextFix(unit);
    if (!fix) break;
    unit = unitOf(applyEdits(unit.file.text, fix.edits()));
    append(notes, noteOn(fix));
  }
  return { unit, notes };
}

function nextFix(unit: Unit): Fix | undefined {
  const secrets = check(unit, { profile: "off", select: [SECRET] });
  const found = [...secrets, ...directoryFindings(unit), ...credentialFindings(unit)];
  return found.filter((it) => it.directive !== "ConfigurationDirectory").flatMap((it) => it.fixes.slice(0, 1))[0];
}

const CONFIGURATION = "hardening/configuration-directory";
const SECRET = "sandbox/secret-in-unit";

/** Directories speak for themselves; for secrets the reader has something to do. */
function noteOn({ sets = [], title }: Fix): string[] {
  const [, line, what] = /^(?:Add|Change to) (LoadCredential=\S+)(?: and use (\S+(?: \S+)?))? \(/.exec(title) ?? [];
  const [credential] = sets;
  if (line === undefined || credential === undefined) return [];
  const [, path] = /:(.*)$/s.exec(credential) ?? [];
  const used = what === undefined ? "" : ` as ${what}`;
  const write = title.includes("write ") ? "Write the secret to" : "The secret stays in";
  return [`${write} ${path}: systemd reads it as root and passes it to the program${used}.`];
}

/** What Description= can hold: one line, in which a percent sign is only that. */
export const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replaceAll("%", "%%")
    .replace(/(?<!\\)\\+$/, "");
