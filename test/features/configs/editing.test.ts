import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { folding } from "../../../server/src/features/folding.ts";
import { semanticTokens } from "../../../server/src/features/semanticTokens.ts";
import { symbols } from "../../../server/src/features/symbols.ts";
import { check } from "../../../server/src/rules/check.ts";
import { formatEdits } from "../../../server/src/syntax/format.ts";
import { applyEdits } from "../../../server/src/text/span.ts";
import { openedConfig } from "../../kit/configs.ts";

const PATH = "/etc/systemd/network/10-wg0.netdev";
const TEXT = "[NetDev]\nName=wg0\nKind=wireguard\n[WireGuardPeer]\nAllowedIPs=10.0.0.2/32\n[WireGuardPeer]\nPort=5\n";

describe("configuration files: editing", () => {
  const { view } = openedConfig(PATH, TEXT);

  it("are outlined by their sections, each of those that repeat", () => {
    assert.deepEqual(
      symbols(view).map((it) => [it.name, it.children?.map((child) => child.name)]),
      [
        ["NetDev", ["Name", "Kind"]],
        ["WireGuardPeer", ["AllowedIPs"]],
        ["WireGuardPeer", ["Port"]],
      ],
    );
  });

  it("fold by their sections", () => {
    assert.deepEqual(
      folding(view).map((it) => [it.startLine, it.endLine]),
      [
        [0, 2],
        [3, 4],
        [5, 6],
      ],
    );
  });

  it("are formatted, and stay what they are", () => {
    const { view: loose } = openedConfig(PATH, "[NetDev]\nName = wg0\n[WireGuard]\nListenPort=1\n");
    const text = loose.unit.file.text;
    assert.equal(
      applyEdits(text, formatEdits(loose.unit.file) ?? []),
      "[NetDev]\nName=wg0\n\n[WireGuard]\nListenPort=1\n",
    );
  });

  it("have colours for their values", () => {
    assert.ok(semanticTokens(view).data.length > 0);
  });

  it("have findings that a comment silences", () => {
    const codes = (text: string): string[] =>
      check(openedConfig(PATH, text).view.unit, { profile: "off", select: ["directive"] }).map((it) => it.code);
    const lines = "[NetDev]\nName=wg0\nKind=wireguard\n[WireGuard]\nColour=5\n";
    assert.deepEqual(codes(lines), ["directive/unknown"]);
    assert.deepEqual(codes(lines.replace("Colour=", "# unit-warden: ignore directive/unknown\nColour=")), []);
  });
});
