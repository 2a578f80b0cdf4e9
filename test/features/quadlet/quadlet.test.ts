import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { MarkupContent } from "vscode-languageserver-types";
import { unitDocument } from "../../../server/src/families/document.ts";
import { codeLenses } from "../../../server/src/features/codeLens.ts";
import { resolveCompletion } from "../../../server/src/features/completion/resolve.ts";
import { complete } from "../../../server/src/features/completion.ts";
import { folding } from "../../../server/src/features/folding.ts";
import { format } from "../../../server/src/features/format.ts";
import { hover } from "../../../server/src/features/hover.ts";
import { semanticTokens } from "../../../server/src/features/semanticTokens.ts";
import { symbols } from "../../../server/src/features/symbols.ts";
import { viewOf } from "../../../server/src/features/view.ts";
import type { World } from "../../../server/src/features/world.ts";
import { fixture } from "../../kit/fixture.ts";
import { applyLsp, type Opened, open } from "../../kit/view.ts";
import { SOME_WORLD } from "../../kit/world.ts";

/** A fixture opened for a podman. */
function openFor(source: string, podman: number): Opened {
  const { path, text, cursor } = fixture(source);
  return { view: viewOf(unitDocument(path, text), 262, { dropIns: [], podman }), text, cursor };
}

function labels({ view, cursor }: Opened, newer = false, world: World = SOME_WORLD): string[] {
  const { items } = complete(view, cursor, { world, snippets: true, newer });
  return items.toSorted((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1)).map((it) => it.label);
}

const labelsAt = (source: string): string[] => labels(open(source));

function said({ view, cursor }: Opened): string {
  const answer = hover(view, cursor, false, SOME_WORLD);
  assert.ok(answer && MarkupContent.is(answer.contents));
  return answer.contents.value;
}

const CONTAINER = "#- x.container\n[Container]\n";

describe("quadlets: completion", () => {
  it("offers the sections of each type", () => {
    assert.deepEqual(labelsAt("#- x.container\n[$0").slice(0, 5), [
      "[Unit]",
      "[Container]",
      "[Service]",
      "[Install]",
      "[Quadlet]",
    ]);
    assert.ok(labelsAt("#- x.pod\n[$0").includes("[Pod]"));
    assert.ok(!labelsAt("#- x.pod\n[$0").includes("[Container]"));
  });

  it("offers keys in the order of their use, and none that are deprecated", () => {
    const all = labelsAt(`${CONTAINER}$0`);
    assert.equal(all[0], "Image");
    assert.ok(all.indexOf("Volume") < all.indexOf("AppArmor"));
    assert.ok(!all.includes("RemapUsers") && !all.includes("VolatileTmp"));
    assert.ok(labelsAt("#- x.network\n[Network]\n$0").includes("Subnet"));
  });

  it("offers the files of the folder, but not the container to itself", () => {
    const files = ["x.container", "y.container", "net.network"];
    const world: World = { ...SOME_WORLD, units: () => files.map((name) => ({ name, home: "own", folder: "/work" })) };
    const offered = labels(open(`${CONTAINER}Network=$0`), false, world);
    assert.deepEqual(
      files.map((it) => offered.includes(it)),
      [false, true, true],
    );
  });

  it("offers what units have in the other sections", () => {
    assert.ok(labelsAt("#- x.container\n[Service]\n$0").includes("Restart"));
    assert.ok(labelsAt("#- x.container\n[Service]\nRestart=$0").includes("on-failure"));
    assert.ok(labelsAt("#- x.container\n[Unit]\n$0").includes("After"));
  });

  it("leaves out what the target does not know, or says what it requires", () => {
    assert.ok(labels(openFor(`${CONTAINER}$0`, 5.5)).includes("Memory"));
    assert.ok(!labels(openFor(`${CONTAINER}$0`, 5.4)).includes("Memory"));
    assert.equal(labels(openFor(`${CONTAINER}$0`, 5.4), true).includes("Memory"), true);
  });

  it("offers values by their grammar", () => {
    const OFFERED: readonly (readonly [line: string, ...values: string[]])[] = [
      ["ReadOnly=$0", "true", "false"],
      ["Notify=$0", "healthy", "true"],
      ["DropCapability=$0", "all", "CAP_NET_RAW"],
      ["DropCapability=CAP_CHOWN $0", "CAP_NET_RAW"],
      ["Network=$0", "host", "none", "pasta", "slirp4netns"],
      ["Pull=$0", "always", "newer"],
      ["AutoUpdate=$0", "registry"],
      ["UserNS=$0", "auto", "keep-id"],
      ["Volume=/srv:/data:$0", "ro", "Z"],
      ["Volume=/srv:/data:ro,$0", "Z"],
      ["Sysctl=$0", "net.ipv4.ip_forward="],
      ["Mount=type=tmpfs,$0", "destination="],
      ["StopSignal=$0", "SIGTERM"],
      ["HealthOnFailure=$0", "kill"],
      ["Secret=token,$0", "type=env"],
    ];
    for (const [line, ...values] of OFFERED) {
      const all = labelsAt(`${CONTAINER}${line}`);
      for (const it of values) assert.ok(all.includes(it), `${line} ${it}: ${all.slice(0, 8).join(" ")}`);
    }
  });

  it("writes a snippet into an empty file, named after it", () => {
    const { view, cursor } = open("#- db.volume\n$0");
    const item = complete(view, cursor, { snippets: true }).items.find((it) => it.label === "volume");
    assert.ok(item?.textEdit && "newText" in item.textEdit);
    assert.match(item.textEdit.newText, /^\[Volume\]\nVolumeName=\$\{1:db\}/);
    assert.equal(labelsAt("#- x.container\n$0")[0], "container");
  });

  it("explains a key once it is chosen", () => {
    const { view, cursor } = open(`${CONTAINER}$0`);
    const item = complete(view, cursor).items.find((it) => it.label === "Pod");
    assert.ok(item);
    const { documentation } = resolveCompletion(item, false, SOME_WORLD, view.unit);
    assert.ok(MarkupContent.is(documentation));
    assert.match(documentation.value, /Puts the container into a pod[\s\S]*--pod[\s\S]*Since podman 5\.0/);
  });
});

describe("quadlets: hover", () => {
  it("tells of a key what it does, its option and since when it is there", () => {
    const text = said(open(`${CONTAINER}Me$0mory=512m`));
    assert.match(text, /Limits the memory[\s\S]*Becomes --memory of podman[\s\S]*Since podman 5\.5/);
    assert.match(said(openFor(`${CONTAINER}Me$0mory=512m`, 5.4)), /your target, podman 5\.4, refuses the file/);
    assert.match(said(open(`${CONTAINER}Remap$0Users=auto`)), /Deprecated: write UserNS= instead/);
    assert.match(said(open(`${CONTAINER}Gr$0oup=5`)), /Requires User=/);
  });

  it("tells of a section and of values", () => {
    assert.match(said(open("#- x.pod\n[P$0od]")), /Describes a pod/);
    assert.match(said(open(`${CONTAINER}DropCapability=net_r$0aw`)), /CAP_NET_RAW[\s\S]*raw and packet sockets/);
    assert.match(said(open(`${CONTAINER}ContainerName=%$0N`)), /x/);
  });

  it("tells of the settings of systemd what it tells in units, and nothing of their exposure", () => {
    assert.match(said(open("#- x.container\n[Service]\nRes$0tart=always")), /\[Service\]/);
    assert.doesNotMatch(said(open("#- x.container\n[Ser$0vice]\nRestart=always")), /exposure/i);
    assert.deepEqual(
      codeLenses(open("#- x.container\n[Service]\nRestart=always").view, "file:///x.container", "basic", true),
      [],
    );
  });
});

describe("quadlets: the text", () => {
  const TEXT = "#- x.container\n[Container]\nImage=a\nExec=one \\\n two\n\n[Service]\nRestart=always\n";

  it("has an outline, folds and colours", () => {
    const { view } = open(TEXT);
    assert.deepEqual(
      symbols(view).map((it) => `${it.name}: ${it.children?.map((child) => child.name).join(" ")}`),
      ["Container: Image Exec", "Service: Restart"],
    );
    assert.deepEqual(
      folding(view).map((it) => [it.startLine, it.endLine]),
      [
        [0, 3],
        [5, 6],
        [2, 3],
      ],
    );
    assert.ok(semanticTokens(open(`${CONTAINER}PublishPort=8080:80/tcp\n`).view).data.length > 0);
  });

  it("is laid out as units are", () => {
    const opened = open("#- x.container\n[Container]\nImage = a\n[Service]\nRestart=always\n");
    assert.equal(applyLsp(opened, format(opened.view)), "[Container]\nImage=a\n\n[Service]\nRestart=always\n");
  });
});
