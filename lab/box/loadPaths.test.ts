import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { nodeHost } from "../../server/src/main/nodeHost.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { machineFiles, putFiles, writeTree } from "../../test/kit/boxFiles.ts";
import { runOver } from "../../test/kit/memoryHost.ts";
import { unquoted } from "../../test/kit/shownValues.ts";
import { skip } from "../../test/kit/skip.ts";
import { MACHINE_VERSION } from "../../test/kit/systemd.ts";
import { kindDropIns, unitTree } from "../../test/kit/unitTrees.ts";

const TREES = 300;
const CHUNK = 60;

/** What a unit does not say of its mounts, systemd-analyze takes for yes in a file, as we do, and for no in a unit that is loaded. */
const SAME_MOUNTS = {
  path: "/usr/lib/systemd/system/service.d/00-mounts.conf",
  text: "[Service]\nPrivateMounts=yes\n",
};

/** A unit as the systemd of the box has it. */
interface RealUnit {
  readonly id: string;
  /** The file and the drop-ins that were read, in their order; empty of a unit that is not loaded. */
  readonly files: readonly string[];
  readonly isMasked: boolean;
  /** As `9.2`. */
  readonly exposure: string | undefined;
}

/** How a command says what systemd loads. */
interface LoadedJson {
  readonly name: string;
  readonly state: string;
  readonly files: readonly string[];
}

interface UnitJson {
  readonly name?: string;
  readonly files?: readonly string[];
  readonly path?: string;
  readonly loaded?: LoadedJson;
  readonly exposure?: number | null | { readonly before: number | null };
}

describe(`the load path in every command, as a running systemd has it${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(600_000);
  let box: Box | undefined;
  const root = mkdtempSync(join(tmpdir(), "unit-warden-root-"));
  const trees = Array.from({ length: TREES }, (_, i) => unitTree(i));
  const names = trees.flatMap((it) => it.names);
  const isService = (name: string): boolean => name.endsWith(".service");
  let real: ReadonlyMap<string, RealUnit> = new Map();

  before(function () {
    if (NO_BOX !== undefined || MACHINE_VERSION === undefined)
      skip(this, "there is no systemd-analyze of a known version");
    box = startBox();
    const files = [...kindDropIns(1), SAME_MOUNTS, ...trees.flatMap((it) => it.files)];
    putFiles(box, files);
    const replaced = new Set(files.map((it) => it.path));
    writeTree(root, [...machineFiles().filter((it) => !replaced.has(it.path)), ...files]);
    real = realUnits(box, names);
  });
  after(() => {
    box?.stop();
    rmSync(root, { recursive: true });
  });

  /** What a command answers as JSON about some names. */
  const answers = (command: string, asked: readonly string[], ...options: readonly string[]): readonly UnitJson[] => {
    const argv = [command, "--root", root, "--format", "json", "--systemd", `${MACHINE_VERSION}`, ...options, ...asked];
    const { stdout } = runOver(nodeHost, ...argv);
    const all = JSON.parse(stdout) as { units?: UnitJson[]; files?: UnitJson[] };
    return all.units ?? all.files ?? [];
  };
  const inside = (path: string): string => (path.startsWith(root) ? path.slice(root.length) : path);
  /** The names whose files a command does not have as systemd does, of those that it answers about. */
  const differences = (found: readonly UnitJson[], asked: readonly string[]): readonly string[] => {
    const own = new Map(found.map((it) => [it.loaded?.name ?? it.name ?? "", it.loaded?.files ?? it.files ?? []]));
    return asked.flatMap((name) => {
      const { id = name, files = [] } = real.get(name) ?? {};
      const ours = own.get(id)?.map(inside);
      return ours === undefined || ours.join(" ") === files.join(" ")
        ? []
        : [`${name}: ${ours.join(" ")}, systemd: ${files.join(" ")}`];
    });
  };
  const loaded = (kinds: (name: string) => boolean): readonly string[] =>
    names.filter((name) => kinds(name) && (real.get(name)?.files.length ?? 0) > 0);

  it(`show has the files of units in ${TREES} made-up trees that systemctl cat has`, () => {
    const asked = loaded(() => true);
    const found = answers("show", asked);
    assert.deepEqual(differences(found, asked), []);
    const ids = new Set(asked.map((it) => real.get(it)?.id));
    assert.equal(new Set(found.map((it) => it.name)).size, ids.size);
  });

  it("check reads units with the same files", () => {
    // A template is judged as an instance of its own.
    const asked = loaded((it) => !it.includes("@"));
    const found = answers("check", asked).filter((it) => it.loaded?.files[0] === it.path);
    assert.deepEqual(differences(found, asked), []);
    assert.equal(found.length, new Set(asked.map((it) => real.get(it)?.id)).size);
  });

  it("security has the exposure that systemd-analyze has", () => {
    const asked = loaded(isService);
    const found = answers("security", asked);
    assert.deepEqual(differences(found, asked), []);
    const own = new Map(found.map((it) => [it.loaded?.name, it.exposure]));
    const wrong = asked.flatMap((name) => {
      const { id = name, exposure } = real.get(name) ?? {};
      const ours = own.get(id);
      const shown = typeof ours === "number" ? (ours / 10).toFixed(1) : `${ours}`;
      return exposure === undefined || shown === exposure ? [] : [`${name}: ${shown}, systemd: ${exposure}`];
    });
    assert.deepEqual(wrong, []);
    const compared = asked.filter((it) => real.get(it)?.exposure !== undefined).length;
    assert.ok(compared > TREES / 3, `only ${compared} numbers were compared`);
    process.stdout.write(`\n      ${asked.length} services, ${compared} exposures equal\n`);
  });

  it("harden and sandbox read services with the same files", () => {
    const asked = loaded(isService);
    assert.deepEqual(differences(answers("harden", asked, "--drop-in"), asked), []);
    const worlds = answers("sandbox", asked);
    assert.deepEqual(differences(worlds, asked), []);
    assert.equal(worlds.length, new Set(asked.map((it) => real.get(it)?.id)).size);
  });

  it("explain reads services with the same files", () => {
    const asked = loaded(isService);
    const found = asked.flatMap((name) => {
      const { stdout, stderr } = runOver(
        nodeHost,
        "explain",
        "--root",
        root,
        "--format",
        "json",
        "226/NAMESPACE",
        name,
      );
      assert.equal(stderr, "", name);
      return [JSON.parse(stdout) as UnitJson];
    });
    assert.deepEqual(differences(found, asked), []);
    assert.equal(found.length, asked.length);
  });

  it("names the mask of those that systemd has masked", () => {
    const masked = names.filter((it) => real.get(it)?.isMasked && isService(it));
    assert.ok(masked.length > 0);
    for (const command of ["show", "check", "security", "harden", "sandbox"])
      for (const name of masked)
        assert.match(runOver(nodeHost, command, "--root", root, name).stderr, /is masked by /, `${command} ${name}`);
  });
});

function realUnits(box: Box, names: readonly string[]): ReadonlyMap<string, RealUnit> {
  const units = new Map<string, RealUnit>();
  for (let i = 0; i < names.length; i += CHUNK) {
    const chunk = names.slice(i, i + CHUNK);
    const shown = propertiesOf(box, chunk);
    const isLoaded = (name: string): boolean => shown.get(name)?.get("LoadState") === "loaded";
    const filesOf = (name: string): readonly string[] => {
      const { FragmentPath = "", DropInPaths = "" } = Object.fromEntries(shown.get(name) ?? []);
      return [FragmentPath, ...DropInPaths.split(" ")].map(unquoted).filter(Boolean);
    };
    const here = chunk.filter(isLoaded);
    const { output } = box.run("systemctl", "cat", "--", ...here);
    const cat = output.split("\n").flatMap((it) => /^# (\/(?:etc|run|usr)\/(?:.*\/)?systemd\/.*)$/.exec(it)?.[1] ?? []);
    assert.deepEqual(here.flatMap(filesOf), cat);
    const services = here.filter((it) => it.endsWith(".service"));
    const analyzed = box.run("systemd-analyze", "security", "--no-pager", "--", ...services).output;
    const exposures = new Map(
      [...analyzed.matchAll(/Overall exposure level for (\S+): (\d+\.\d)/g)].map(([, name = "", level]) => [
        name,
        level,
      ]),
    );
    for (const name of chunk) {
      const id = unquoted(shown.get(name)?.get("Id") ?? name);
      units.set(name, {
        id,
        files: isLoaded(name) ? filesOf(name) : [],
        isMasked: shown.get(name)?.get("LoadState") === "masked",
        exposure: exposures.get(name) ?? exposures.get(id),
      });
    }
  }
  return units;
}

function propertiesOf(box: Box, names: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const { output } = box.run("systemctl", "show", "-p", "Id,LoadState,FragmentPath,DropInPaths", "--", ...names);
  const blocks = output.replace(/\n$/, "").split("\n\n");
  assert.equal(blocks.length, names.length);
  return new Map(
    blocks.map((block, i) => {
      const lines = block
        .split("\n")
        .map((it) => [it.slice(0, it.indexOf("=")), it.slice(it.indexOf("=") + 1)] as const);
      return [names[i] ?? "", new Map(lines)];
    }),
  );
}
