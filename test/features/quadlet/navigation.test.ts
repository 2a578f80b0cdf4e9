import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { incomingCalls, outgoingCalls, prepareCalls } from "../../../server/src/features/callHierarchy.ts";
import { unitDefinition } from "../../../server/src/features/definition.ts";
import { knownUnits } from "../../../server/src/features/knownUnits.ts";
import { references } from "../../../server/src/features/references.ts";
import { plannedRename, renameEdit } from "../../../server/src/features/rename.ts";
import { isRefusal } from "../../../server/src/features/renamePlan.ts";
import { workspaceSymbols } from "../../../server/src/features/workspaceSymbols.ts";
import { pathOfUri } from "../../../server/src/server/uris.ts";
import { openAmong, type UnitTexts } from "../../kit/units.ts";

const FOLDER = "/w/etc/containers/systemd";
const FILES: UnitTexts = {
  [`${FOLDER}/web.container`]:
    "[Unit]\nAfter=cache.container\n[Container]\nImage=app.build\nNetwork=front.network:ip=10.0.0.5\nVolume=data.volume:/data:Z\nMount=type=volume,source=data.volume,destination=/x\nPod=all.pod\n",
  [`${FOLDER}/cache.container`]: "[Container]\nImage=docker.io/library/redis:7\nNetwork=front.network\n",
  [`${FOLDER}/net/front.network`]: "[Network]\nSubnet=10.0.0.0/24\n",
  [`${FOLDER}/data.volume`]: "[Volume]\n",
  [`${FOLDER}/all.pod`]: "[Pod]\n",
  [`${FOLDER}/app.build`]: "[Build]\nImageTag=localhost/app\nSetWorkingDirectory=unit\n",
  "/w/etc/systemd/system/job.service":
    "[Unit]\nRequires=web.service data-volume.service\n[Service]\nExecStart=/bin/true\n",
  [`${FOLDER}/perl.pod`.replace(FOLDER, "/w/lib")]: "=head1 NAME\n",
};

/** The files with the cursor at the begin of a word of one of them. */
function at(path: string, word: string): ReturnType<typeof openAmong> {
  const text = FILES[path] ?? assert.fail(path);
  const place = text.indexOf(word);
  assert.ok(place >= 0, word);
  return openAmong({ ...FILES, [path]: `${text.slice(0, place + 1)}$0${text.slice(place + 1)}` }, path);
}

const WEB = `${FOLDER}/web.container`;
const JOB = "/w/etc/systemd/system/job.service";

describe("quadlets: links between them", () => {
  const TARGETS: Readonly<Record<string, string>> = {
    "front.network": `${FOLDER}/net/front.network`,
    "data.volume:": `${FOLDER}/data.volume`,
    "data.volume,": `${FOLDER}/data.volume`,
    "all.pod": `${FOLDER}/all.pod`,
    "app.build": `${FOLDER}/app.build`,
    "cache.container": `${FOLDER}/cache.container`,
  };
  for (const [word, target] of Object.entries(TARGETS))
    it(`lead from ${word} to ${target}`, () => {
      const { view, offset, context } = at(WEB, word);
      assert.deepEqual(
        unitDefinition(view, offset, context).map((it) => pathOfUri(it.targetUri)),
        [target],
      );
    });

  it("lead from the services of other units to the quadlets that they are made of", () => {
    for (const [word, target] of [
      ["web.service", WEB],
      ["data-volume.service", `${FOLDER}/data.volume`],
    ] as const) {
      const { view, offset, context } = at(JOB, word);
      assert.deepEqual(
        unitDefinition(view, offset, context).map((it) => pathOfUri(it.targetUri)),
        [target],
      );
    }
  });

  it("are found from either end", () => {
    const { view, offset, context } = at(WEB, "data.volume:");
    const found = references(view, offset, context, false).map((it) => `${pathOfUri(it.uri)}:${it.range.start.line}`);
    assert.deepEqual(found, [`${WEB}:5`, `${WEB}:6`, `${JOB}:1`]);
  });

  it("are renamed with the file, the options after them staying, and the services of other units too", () => {
    const { view, offset, context } = at(WEB, "data.volume:");
    const plan = plannedRename(view, offset, "store.volume", context, () => true);
    assert.ok(plan && !isRefusal(plan), JSON.stringify(plan));
    const edit = renameEdit(plan, new Map(Object.entries(FILES)), () => null, context);
    assert.ok(!isRefusal(edit), JSON.stringify(edit));
    const said = (edit.documentChanges ?? []).flatMap((it) =>
      "kind" in it
        ? it.kind === "rename"
          ? [`${pathOfUri(it.oldUri)} -> ${pathOfUri(it.newUri)}`]
          : []
        : it.edits.map((one) => `${pathOfUri(it.textDocument.uri)} ${"newText" in one ? one.newText : ""}`),
    );
    assert.deepEqual(
      said.sort(),
      [
        `${FOLDER}/data.volume -> ${FOLDER}/store.volume`,
        `${WEB} store.volume`,
        `${WEB} store.volume`,
        `${JOB} store-volume.service`,
      ].sort(),
    );
  });

  it("keep their type when they are renamed", () => {
    const { view, offset, context } = at(WEB, "front.network");
    const plan = plannedRename(view, offset, "front.pod", context, () => true);
    assert.deepEqual(plan, { refused: "front.network must remain a .network" });
  });

  it("make a hierarchy of calls", () => {
    const { view, context } = at(WEB, "[Unit]");
    const [item] = prepareCalls(view, 0, context);
    assert.ok(item);
    assert.deepEqual(
      outgoingCalls(item, context).map(({ to }) => `${to.name} ${to.detail}`),
      ["cache.container After", "app.build Image", "front.network Network", "data.volume Volume, Mount", "all.pod Pod"],
    );
    assert.deepEqual(
      incomingCalls(item, context).map(({ from }) => `${from.name} ${from.detail}`),
      ["job.service Requires"],
    );
  });

  it("of a template are found under the name of an instance", () => {
    const files = {
      "/w/web@.container": "[Container]\nImage=x\nVolume=data@%i.volume:/data\n",
      "/w/data@.volume": "[Volume]\n",
    };
    const text = files["/w/web@.container"];
    const place = text.indexOf("data@");
    const { view, offset, context } = openAmong(
      { ...files, "/w/web@.container": `${text.slice(0, place)}$0${text.slice(place)}` },
      "/w/web@.container",
    );
    assert.deepEqual(
      unitDefinition(view, offset, context).map((it) => pathOfUri(it.targetUri)),
      ["/w/data@.volume"],
    );
  });

  it("leave out what is called like a quadlet and is none", () => {
    const { context } = at(WEB, "all.pod");
    assert.deepEqual(
      workspaceSymbols("pod", context).map((it) => it.name),
      ["all.pod"],
    );
  });

  it("are offered by their own names where a quadlet is meant, and by those of their services elsewhere", () => {
    const { context } = at(WEB, "all.pod");
    assert.deepEqual(
      knownUnits(context, ["volume"]).map((it) => it.name),
      ["data.volume"],
    );
    const names = knownUnits(context).map((it) => it.name);
    assert.ok(names.includes("data-volume.service") && names.includes("web.service"), names.join(" "));
    assert.ok(!names.includes("data.volume"));
  });
});
