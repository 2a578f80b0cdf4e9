import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CompletionItem } from "vscode-languageserver-types";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { hostedActions } from "../../../server/src/features/hosted/hostedActions.ts";
import { hostedCompletion } from "../../../server/src/features/hosted/hostedCompletion.ts";
import { hostedHover } from "../../../server/src/features/hosted/hostedHover.ts";
import { hostedLenses, hostedSafeEdits } from "../../../server/src/features/hosted/hostedLens.ts";
import { type HostedView, hostedViewOf } from "../../../server/src/features/hosted/hostedView.ts";
import { NO_WORLD } from "../../../server/src/features/world.ts";
import { hostLanguage } from "../../../server/src/hosts/hosts.ts";
import { applyEdits } from "../../../server/src/text/span.ts";
import { HAS_NIX, nixComplaint } from "../../kit/nix.ts";

const NIX = hostLanguage("x.nix") ?? assert.fail();

const read = (text: string): HostedView =>
  hostedViewOf(NIX, text, NEWEST_VERSION, { profile: "basic", rules: {}, each: false });

/** A module whose service has these settings, and the place of `$0` in it. */
function at(inner: string): { view: HostedView; offset: number } {
  const marked = `{ config, lib, pkgs, ... }: {\n  systemd.services.a = {\n    ${inner}\n  };\n}\n`;
  const offset = marked.indexOf("$0");
  return { view: read(marked.replace("$0", "")), offset };
}

/** What a text becomes once the item of a label is accepted. */
function accept({ view }: { view: HostedView }, items: readonly CompletionItem[], label: string): string {
  const item = items.find((it) => it.label === label);
  assert.ok(item?.textEdit && "range" in item.textEdit, `${label} is not offered`);
  const { range, newText } = item.textEdit;
  const [start, end] = [view.lines.offsetAt(range.start), view.lines.offsetAt(range.end)];
  return applyEdits(view.file.text, [{ start, end, newText }]).split("\n").slice(2, -3).join("\n").trim();
}

const offered = (place: ReturnType<typeof at>, snippets = false): readonly CompletionItem[] =>
  hostedCompletion(place.view, place.offset, { snippets }).items;

describe("features: completion in Nix modules", () => {
  const accepted: readonly (readonly [before: string, label: string, after: string])[] = [
    ["serviceConfig = { $0 };", "PrivateTmp", "serviceConfig = { PrivateTmp =  };"],
    ["serviceConfig = { Prot$0 };", "ProtectHome", "serviceConfig = { ProtectHome =  };"],
    ["serviceConfig = { Prot$0 = true; };", "ProtectHome", "serviceConfig = { ProtectHome = true; };"],
    ["serviceConfig.Prot$0 = true;", "ProtectHome", "serviceConfig.ProtectHome = true;"],
    ["unitConfig = { Requires$0 };", "RequiresMountsFor", "unitConfig = { RequiresMountsFor =  };"],
    ["Service = { Prot$0 };", "ProtectHome", "Service = { ProtectHome =  };"],
    ['serviceConfig = { ProtectSystem = "$0"; };', "strict", 'serviceConfig = { ProtectSystem = "strict"; };'],
    ['serviceConfig = { ProtectSystem = "st$0"; };', "strict", 'serviceConfig = { ProtectSystem = "strict"; };'],
    ["serviceConfig = { ProtectSystem = st$0; };", "strict", 'serviceConfig = { ProtectSystem = "strict"; };'],
    ["serviceConfig = { ProtectSystem = $0; };", "strict", 'serviceConfig = { ProtectSystem = "strict"; };'],
    [
      'serviceConfig = {\n      ProtectSystem = $0\n      User = "a";\n    };',
      "strict",
      'serviceConfig = {\n      ProtectSystem = "strict"\n      User = "a";\n    };',
    ],
    [
      "serviceConfig = {\n      ProtectSystem = $0\n    };",
      "strict",
      'serviceConfig = {\n      ProtectSystem = "strict"\n    };',
    ],
    ["serviceConfig = { PrivateTmp = $0; };", "yes", "serviceConfig = { PrivateTmp = true; };"],
    [
      'serviceConfig.ProtectSystem = lib.mkForce "$0";',
      "strict",
      'serviceConfig.ProtectSystem = lib.mkForce "strict";',
    ],
    [
      'serviceConfig = { SystemCallFilter = [ "@system-service" "@mo$0" ]; };',
      "@mount",
      'serviceConfig = { SystemCallFilter = [ "@system-service" "@mount" ]; };',
    ],
    [
      "serviceConfig = { RestrictAddressFamilies = [ $0 ]; };",
      "AF_INET6",
      'serviceConfig = { RestrictAddressFamilies = [ "AF_INET6" ]; };',
    ],
    [
      'serviceConfig = { CapabilityBoundingSet = "CAP_CHOWN CAP_K$0"; };',
      "CAP_KILL",
      'serviceConfig = { CapabilityBoundingSet = "CAP_CHOWN CAP_KILL"; };',
    ],
    ["serviceConfig = { Restart = ''al$0''; };", "always", "serviceConfig = { Restart = ''always''; };"],
    [
      'serviceConfig = { CapabilityBoundingSet = "${config.x} CAP_K$0"; };',
      "CAP_KILL",
      'serviceConfig = { CapabilityBoundingSet = "${config.x} CAP_KILL"; };',
    ],
  ];
  for (const [before, label, after] of accepted)
    it(before, () => {
      const place = at(before);
      assert.equal(accept(place, offered(place), label), after);
    });

  it("completes units that stand in the module as texts", () => {
    const cases: readonly (readonly [before: string, label: string, after: string])[] = [
      ["[Service]\n    Restart=al$0", "always", "[Service]\n    Restart=always"],
      [
        "[Service]\n    ExecStart=/bin/a\n    Prot$0",
        "ProtectHome",
        "[Service]\n    ExecStart=/bin/a\n    ProtectHome=",
      ],
      [
        "[Service]\n    ExecStart=${pkgs.a}/bin/a\n    $0\n    Nice=5",
        "PrivateTmp",
        "[Service]\n    ExecStart=${pkgs.a}/bin/a\n    PrivateTmp=\n    Nice=5",
      ],
    ];
    for (const [before, label, after] of cases) {
      const marked = `{ pkgs, ... }: {\n  systemd.units."a.service".text = ''\n    ${before}\n  '';\n}\n`;
      const view = read(marked.replace("$0", ""));
      const { items } = hostedCompletion(view, marked.indexOf("$0"), {});
      const item = items.find((it) => it.label === label);
      assert.ok(item?.textEdit && "range" in item.textEdit, label);
      const { range, newText } = item.textEdit;
      const [start, end] = [view.lines.offsetAt(range.start), view.lines.offsetAt(range.end)];
      assert.equal(applyEdits(view.file.text, [{ start, end, newText }]), marked.replace(before, after));
    }
  });

  it("writes what follows a name where the client expands snippets", () => {
    const place = at("serviceConfig = { Pr$0 };");
    assert.equal(accept(place, offered(place, true), "PrivateTmp"), "serviceConfig = { PrivateTmp = $0; };");
    assert.equal(accept(place, offered(place, true), "ExecStart"), 'serviceConfig = { ExecStart = "$0"; };');
  });

  it("offers nothing where no setting of systemd's stands", () => {
    for (const inner of [
      "$0",
      "script = ''a$0'';",
      "serviceConfig = { # Pro$0\n };",
      'serviceConfig = { Restart = "${al$0}"; };',
      "serviceConfig = { Restart = lib.$0; };",
      "serviceConfig = { Own = $0; };",
      "environment = { A$0 };",
      "serviceConfig = lib.$0;",
    ])
      assert.deepEqual(offered(at(inner)), [], inner);
  });
});

describe("features: hover in Nix modules", () => {
  const shown = ({ view, offset }: ReturnType<typeof at>): readonly [string, string] | undefined => {
    const hover = hostedHover(view, offset, true, NO_WORLD, "basic");
    if (!hover) return undefined;
    assert.ok(hover.range && typeof hover.contents === "object" && "value" in hover.contents);
    const [start, end] = [view.lines.offsetAt(hover.range.start), view.lines.offsetAt(hover.range.end)];
    return [view.file.text.slice(start, end), hover.contents.value];
  };

  it("explains names and values as in unit files", () => {
    const cases: readonly (readonly [inner: string, about: string, says: RegExp])[] = [
      ['serviceConfig.Protect$0System = "strict";', "ProtectSystem", /ProtectSystem=/],
      ['serviceConfig.ProtectSystem = "str$0ict";', "strict", /strict/],
      ["serviceConfig.Protect$0Home = config.x;", "ProtectHome", /ProtectHome=/],
      ['wanted$0By = [ "multi-user.target" ];', "wantedBy", /WantedBy=/],
      ['after = [ "a.service" "network-on$0line.target" ];', "network-online.target", /network/],
      ['serviceConfig.SystemCallFilter = [ "@system-service" "~@mo$0unt" ];', "@mount", /mount/],
      ["serviceConfig.Private$0Tmp = true;", "PrivateTmp", /PrivateTmp=/],
      ['startAt = "da$0ily";', "daily", /00:00:00/],
    ];
    for (const [inner, about, says] of cases) {
      const found = shown(at(inner));
      assert.equal(found?.[0], about, inner);
      assert.match(found[1], says, inner);
    }
  });

  it("tells the exposure on the name of a service", () => {
    const module =
      '{ systemd.services.web = { serviceConfig.ExecStart = "/usr/bin/web"; wantedBy = [ "a.target" ]; after = [ ]; }; }';
    const found = shown({ view: read(module), offset: module.indexOf("web") + 1 });
    assert.equal(found?.[0], "web");
    assert.match(found[1], /9\.\d/);
  });

  it("says nothing of what is no setting", () => {
    for (const inner of ["pa$0th = [ ];", "script = ''ls $0-l'';", "serviceConfig.ExecStart = con$0fig.x;", "$0"])
      assert.equal(shown(at(inner)), undefined, inner);
  });
});

describe("features: hardening Nix modules", () => {
  const URI = "file:///m/a.nix";
  const WEB = `{ pkgs, ... }: {
  systemd.services.web = {
    description = "Wiki";
    serviceConfig = {
      ExecStart = "\${pkgs.gitea}/bin/gitea web --port 3000";
    };
  };
  systemd.services.part.serviceConfig.PrivateTmp = true;
  systemd.services.dark.serviceConfig = { ExecStart = import pkgs.x; ProtectHome = import pkgs.y; };
}
`;

  it("shows the exposure above services that stand in the module as a whole", () => {
    const lenses = hostedLenses(read(WEB), URI, "basic", {});
    assert.deepEqual(
      lenses.map((it) => [
        it.range.start.line,
        it.command?.title.replace(/\d\.\d/g, "N").replace(/\d+ safe/, "N safe"),
      ]),
      [
        [1, "N UNSAFE"],
        [1, "N safe settings are missing (N → N)"],
        [8, "N UNSAFE, 2 values unknown"],
      ],
    );
  });

  it("adds what is safe as Nix", () => {
    const view = read(WEB);
    const [web] = view.units;
    const safe = web && hostedSafeEdits(view, web, "basic", {});
    assert.ok(safe && safe.length > 0);
    const after = applyEdits(WEB, safe);
    assert.match(after, /^ {6}ProtectHostname = true;$/m);
    if (HAS_NIX) assert.equal(nixComplaint(after), undefined);
    const again = read(after);
    assert.equal(again.found.filter((it) => it.of.hosted.path.name === "web.service").length, 0);
  });

  it("offers profiles and single settings on the name, and fixes at their places", () => {
    const text = WEB.replace("};\n  };", 'Restart = "allways";\n    };\n  };');
    const view = read(text);
    const titlesAt = (word: string): readonly string[] => {
      const start = text.indexOf(word);
      return hostedActions(view, URI, { start, end: start }, {}).map((it) => it.title);
    };
    assert.ok(titlesAt("web").some((it) => it.startsWith("Harden this service: basic")));
    assert.ok(titlesAt("web").some((it) => it.startsWith("Add all ")));
    assert.ok(!titlesAt("web").some((it) => it.startsWith("Confine ")), "nobody knows the paths of the store");
    const [fix, ...rest] = titlesAt("allways");
    assert.equal(fix, "Change to always");
    assert.ok(rest.some((it) => it.startsWith("Harden this service: basic")));
    const at = text.indexOf("allways");
    const unasked = hostedActions(view, URI, { start: at, end: at }, {}, true);
    assert.deepEqual(
      unasked.map((it) => it.title),
      ["Change to always"],
    );
    assert.deepEqual(titlesAt("part"), []);
    assert.deepEqual(titlesAt("dark"), []);
  });
});
