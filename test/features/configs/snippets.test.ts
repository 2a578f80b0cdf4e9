import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import type { ConfigKind } from "../../../server/src/facts/configKinds.ts";
import { snippetPreview } from "../../../server/src/features/completion/snippets.ts";
import { check } from "../../../server/src/rules/check.ts";
import { completed, labels, openedConfig } from "../../kit/configs.ts";

interface Snippet {
  readonly prefix: string;
  readonly for: string;
  readonly body: readonly string[];
}

const SNIPPETS = Object.values(
  JSON.parse(readFileSync("snippets/configs.json", "utf8")) as Readonly<Record<string, Snippet>>,
);

/** Where systemd reads a file of a kind. */
const PLACES: Readonly<Partial<Record<ConfigKind, string>>> = {
  network: "/etc/systemd/network/10-x.network",
  netdev: "/etc/systemd/network/10-x.netdev",
  link: "/etc/systemd/network/10-x.link",
  nspawn: "/etc/systemd/nspawn/x.nspawn",
  "journald.conf": "/etc/systemd/journald.conf.d/x.conf",
  "logind.conf": "/etc/systemd/logind.conf.d/x.conf",
  "resolved.conf": "/etc/systemd/resolved.conf.d/x.conf",
};

describe("configuration files: snippets", () => {
  it("have names of their own", () => {
    assert.equal(new Set(SNIPPETS.map((it) => it.prefix)).size, SNIPPETS.length);
  });

  for (const { prefix, for: kind, body } of SNIPPETS)
    it(`${prefix} writes lines in which nothing is wrong, and ends at its end`, () => {
      const shown = snippetPreview(prefix, {}, 257)?.plain ?? "";
      assert.match(shown, /^\n?\[/);
      assert.doesNotMatch(shown, /\$\{|\$\d|\|\}/);
      assert.match(body.join("\n"), /\n\$0$/);
      const [path, before] = kind.startsWith("[")
        ? kind === "[Network]"
          ? [PLACES.network, "[Match]\nName=x\n[Network]\nAddress=192.0.2.10/24\n"]
          : [PLACES.netdev, (snippetPreview("netdev-wireguard-server", {}, 257)?.plain ?? "").replace("=dGhl", "=dGhm")]
        : [PLACES[kind as ConfigKind], ""];
      assert.ok(path, kind);
      const { view } = openedConfig(path, `${before}${shown}\n`);
      assert.deepEqual(
        check(view.unit, { profile: "off" }).map((it) => `${it.code} ${it.message}`),
        [],
      );
      assert.deepEqual(
        check(openedConfig(path, `${before}${shown}\n`, 262).view.unit, { profile: "off" }).filter(
          (it) => it.severity === "error",
        ),
        [],
      );
    });

  it("are offered for the kind of file, and for sections that repeat", () => {
    const inNetdev = labels(completed("/etc/systemd/network/a.netdev", "$0", 257, { snippets: true }));
    assert.deepEqual(
      inNetdev.slice(0, 5),
      SNIPPETS.filter((it) => it.for === "netdev").map((it) => it.prefix),
    );
    const inNetwork = labels(completed("/etc/systemd/network/a.network", "$0", 257, { snippets: true }));
    assert.equal(inNetwork[0], "network-dhcp");
    const inQuadlet = labels(completed("/etc/containers/systemd/a.network", "$0", 257, { snippets: true }));
    assert.ok(inQuadlet.includes("network") && !inQuadlet.includes("network-dhcp"));
    const inDropIn = labels(completed("/etc/systemd/journald.conf.d/a.conf", "$0", 257, { snippets: true }));
    assert.equal(inDropIn[0], "journald-limits");
    const inPeer = labels(completed("/etc/systemd/network/a.netdev", "[WireGuardPeer]\n$0", 257, { snippets: true }));
    assert.ok(inPeer.includes("netdev-wireguard-peer"));
  });
});
