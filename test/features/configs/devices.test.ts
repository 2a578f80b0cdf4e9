import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { matchesDevice } from "../../../server/src/dialects/network/deviceNames.ts";
import {
  type DeviceFiles,
  deviceDefinition,
  deviceReferences,
  renamedDevice,
} from "../../../server/src/features/devices.ts";
import { highlights } from "../../../server/src/features/highlights.ts";
import { NO_WORLD } from "../../../server/src/features/world.ts";
import { completed, labels, openedConfig } from "../../kit/configs.ts";
import { applyLsp, type LspEdit } from "../../kit/view.ts";

const FOLDER = "/etc/systemd/network";
const TEXTS: Readonly<Record<string, string>> = {
  [`${FOLDER}/10-br0.netdev`]: "[NetDev]\nName=br0\nKind=bridge\n",
  [`${FOLDER}/20-br0.network`]: "[Match]\nName=br0\n[Network]\nDHCP=yes\n",
  [`${FOLDER}/30-ports.network`]: "[Match]\nName=en* !eth7\n[Network]\nBridge=br0\n",
  [`${FOLDER}/40-all.network`]: "[Match]\nName=br?\n[Network]\nVLAN=v1 v2\n",
};
const files: DeviceFiles = { texts: new Map(Object.entries(TEXTS)), uriOf: (path) => path.replace(/^.*\//, "") };

/** The view of one of the files, with the offset of a word in it. */
const at = (name: string, word: string) => {
  const path = `${FOLDER}/${name}`;
  const text = TEXTS[path] ?? "";
  return { view: openedConfig(path, text).view, text, offset: text.indexOf(word) + 1 };
};
const placesOf = (all: readonly { uri: string; range: { start: { line: number } } }[]) =>
  all.map((it) => `${it.uri}:${it.range.start.line}`).sort();

describe("virtual network devices in an editor", () => {
  it("are defined by their .netdev file", () => {
    const { view, offset } = at("30-ports.network", "br0");
    const [link, ...more] = deviceDefinition(view, offset, files);
    assert.deepEqual([link?.targetUri, link?.targetSelectionRange.start.line, more], ["10-br0.netdev", 1, []]);
    const pattern = at("40-all.network", "br?");
    assert.equal(deviceDefinition(pattern.view, pattern.offset, files)[0]?.targetUri, "10-br0.netdev");
    const physical = at("30-ports.network", "eth7");
    assert.deepEqual(deviceDefinition(physical.view, physical.offset, files), []);
  });

  it("are named by ports, and matched by names and patterns", () => {
    const { view, offset } = at("10-br0.netdev", "br0");
    assert.deepEqual(placesOf(deviceReferences(view, offset, files, false)), [
      "20-br0.network:1",
      "30-ports.network:3",
      "40-all.network:1",
    ]);
    assert.equal(deviceReferences(view, offset, files, true).length, 4);
    assert.ok(matchesDevice("e[nt]*", "enp1s0") && !matchesDevice("e?p", "enp1") && !matchesDevice("a.c", "abc"));
  });

  it("are renamed wherever their very name stands", () => {
    const { view, offset } = at("20-br0.network", "br0");
    const changes = renamedDevice(view, offset, "lan", files) as Record<string, LspEdit[]>;
    const edited = Object.fromEntries(
      Object.entries(changes).map(([uri, edits]) => {
        const path = `${FOLDER}/${uri}`;
        return [uri, applyLsp({ view: openedConfig(path, TEXTS[path] ?? "").view, text: TEXTS[path] ?? "" }, edits)];
      }),
    );
    assert.deepEqual(edited, {
      "10-br0.netdev": "[NetDev]\nName=lan\nKind=bridge\n",
      "20-br0.network": "[Match]\nName=lan\n[Network]\nDHCP=yes\n",
      "30-ports.network": "[Match]\nName=en* !eth7\n[Network]\nBridge=lan\n",
    });
    assert.match(JSON.stringify(renamedDevice(view, offset, "much-too-long-a-name", files)), /refused.*15 characters/);
  });

  it("are marked in the file itself", () => {
    const { view, offset } = at("10-br0.netdev", "br0");
    assert.deepEqual(
      highlights(view, offset)?.map((it) => it.range.start.line),
      [1],
    );
  });

  it("are offered where their kind fits", () => {
    const world = {
      ...NO_WORLD,
      devices: () => [
        { name: "br0", kind: "bridge" },
        { name: "vlan10", kind: "vlan" },
      ],
    };
    const offered = (text: string): string[] => labels(completed(`${FOLDER}/x.network`, text, 257, { world }));
    assert.deepEqual(offered("[Network]\nBridge=$0").slice(0, 1), ["br0"]);
    assert.ok(!offered("[Network]\nBridge=$0").includes("vlan10"));
    assert.ok(offered("[Network]\nVLAN=a $0").includes("vlan10"));
    assert.ok(offered("[Match]\nName=!$0").includes("br0"));
    assert.ok(!offered("[Network]\nDescription=$0").includes("br0"));
  });
});
