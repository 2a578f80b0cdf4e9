import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { nodeProgramFiles } from "../../../server/src/main/nodeProgramFiles.ts";
import { factsOf } from "../../../server/src/service/facts.ts";
import { withKnowledge } from "../../../server/src/units/readUnit.ts";
import type { Unit } from "../../../server/src/units/unit.ts";
import { read } from "../../../test/hardening/services/judged.ts";
import type { StrangeService } from "../../../test/hardening/services/lists.ts";
import { built, isAtHand } from "./builtStubs.ts";
import { canAll, LANGUAGES, type LanguageName, stubText } from "./stubLanguages.ts";
import { needsOf, type StubNeed } from "./stubNeeds.ts";
import { placesOf, type StubPlace } from "./stubPlaces.ts";

/** A service of a list whose program is a stub. */
export interface StubbedService {
  readonly service: StrangeService;
  readonly language: LanguageName;
  readonly needs: readonly StubNeed[];
  /** The same unit below a root where its programs are. */
  readonly unit: Unit;
}

/** What a runtime that compiles code needs besides. */
const OF_RUNTIMES = ["MemoryDenyWriteExecute", "ProcSubset"];

/**
 * A service below a root, its program a stub in one of some languages, by a number; undefined where it names none that a stub stands
 * for, as a line of a shell or a client of containers.
 */
export function stubbed(
  service: StrangeService,
  root: string,
  number: number,
  languages: readonly LanguageName[],
): StubbedService | undefined {
  const unit = read(service);
  const { main, others } = placesOf(unit);
  const needs = main?.isLine ? [] : needsOf(service, number, hasRights(unit));
  const language = main && languageOf(main, needs, number, languages);
  if (!main || !language) return undefined;
  const text = stubText(language, needs, !service.never.includes("PrivateNetwork"), number);
  for (const it of others) placeStub(root, it, "shell", stubText("shell", [], false, 0));
  placeStub(root, main, language, text);
  for (const it of ["/usr/bin/env", "/opt/small/small.lua"])
    put(root, it, it.endsWith(".lua") ? new Uint8Array(0) : NATIVE);
  for (const it of LIBRARIES[language] ?? []) put(root, it, new Uint8Array(0));
  const files = nodeProgramFiles(root);
  const never = service.never.map((it) => (it === "RestrictAddressFamilies" ? `${it}!AF_PACKET` : it));
  const truth = { ...service, never: [...new Set([...never, ...(isCompiling(language) ? OF_RUNTIMES : [])])] };
  return {
    service: truth,
    language,
    needs,
    unit: withKnowledge(unit, { defaults: { restrictSuidSgid: false, files } }),
  };
}

function hasRights(unit: Unit): boolean {
  const { privileged, ambient } = factsOf(unit);
  return privileged || ambient.length > 0;
}

const isCompiling = (name: LanguageName): boolean => "isCompiling" in LANGUAGES[name];

/** The language that the command asks for, else one of all; one that compiles code itself where that is needed. */
function languageOf(
  place: StubPlace,
  needs: readonly StubNeed[],
  number: number,
  languages: readonly LanguageName[],
): LanguageName | undefined {
  const fits = languages.filter((it) => isAtHand(it) && canAll(it, needs));
  if (place.language) return fits.find((it) => it === place.language);
  const free = fits.filter((it) => needs.includes("compiles") || !isCompiling(it));
  return free[number % free.length];
}

function placeStub(
  root: string,
  { path, interpreter, server, isLine }: StubPlace,
  language: LanguageName,
  text: string,
): void {
  // What is published of .NET is started by a program of machine code next to it.
  const isHosted = language === ".NET" && !path.endsWith(".dll");
  put(root, path, isLine || isHosted ? NATIVE : built(language, text));
  if (isHosted) put(root, `${path}.dll`, built(language, text));
  if (isHosted) put(root, `${path}.runtimeconfig.json`, new Uint8Array(0));
  if (interpreter !== undefined) put(root, interpreter, NATIVE);
  if (server !== undefined) put(root, server, built("Python", stubText("Python", [], true, 0)));
}

/** What comes with a language and is loaded by its stubs, where it is known by its place. */
const LIBRARIES: Readonly<Partial<Record<LanguageName, readonly string[]>>> = {
  Perl: ["strict", "Socket"].map((it) => `/usr/lib/x86_64-linux-gnu/perl-base/${it}.pm`),
  Ruby: ["/usr/lib/ruby/3.3.0/socket.rb"],
};

/** The first bytes of machine code, as far as that is recognised. */
const NATIVE = new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...new Array<number>(57).fill(0)]);

function put(root: string, path: string, bytes: Uint8Array): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), bytes, { mode: 0o755 });
}
