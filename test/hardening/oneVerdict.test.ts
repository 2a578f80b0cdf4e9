import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { answerTool } from "../../server/src/cli/mcp/answer.ts";
import { TOOLS } from "../../server/src/cli/mcp/tools.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import { viewOf } from "../../server/src/features/view.ts";
import { fitOf } from "../../server/src/hardening/fit.ts";
import { safeFix, safeSettings } from "../../server/src/hardening/hardening.ts";
import { missingClauses } from "../../server/src/hardening/missingText.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { ROWS } from "../../server/src/hardening/profiles.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import SNIPPETS from "../../snippets/systemd.json";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { unitOf } from "./kit.ts";

/** Commands of which each shows something else. */
const COMMANDS = [
  "/opt/shop/bin/server --port 8080",
  "/usr/bin/node /opt/shop/server.js --port 3000",
  "/usr/bin/python3 -m http.server 8080",
  "/usr/sbin/nginx -g 'daemon off;'",
  "/usr/bin/docker run --rm nginx",
  "/usr/bin/autossh -M 0 -N -L 5432:localhost:5432 db",
  "/usr/bin/zigbee --device /dev/ttyUSB0",
  "/usr/bin/ping -c 1 192.0.2.1",
  "/usr/bin/certbot renew",
  "/usr/bin/mosquitto -c /etc/mosquitto/mosquitto.conf",
  "/usr/sbin/tcpdump -i any -w /srv/x.pcap",
] as const;

/** Containers of which each shows something else. */
const CONTAINERS = [
  "Image=docker.io/library/nginx:1",
  "Image=docker.io/library/postgres:17",
  "Image=registry.example/shop:1\nExec=/usr/bin/node server.js --port 3000\nUser=1000",
  "Image=registry.example/shop:1\nAddDevice=/dev/ttyUSB0",
  "Image=registry.example/shop:1\n# unit-warden: no privileged-programs capabilities",
] as const;

const PROFILES = ["basic", "strict", "isolated"] as const;

/** The unit that `new` writes for a command; undefined where it writes none. */
function made(exec: string, profile: (typeof PROFILES)[number]): string | undefined {
  const { status, stdout } = runOver(memoryHost({}), "new", "service", "x", "--exec", exec, "--profile", profile);
  return status === 0 ? stdout : undefined;
}

/** The lines that the command line adds to a file. */
function printed(path: string, text: string, profile: string): readonly string[] {
  const { stdout } = runOver(memoryHost({ [path]: text }), "harden", "--profile", profile, "--format", "json", path);
  const { files } = JSON.parse(stdout) as { files: readonly { settings: readonly { line: string }[] }[] };
  return files.flatMap((it) => it.settings.map(({ line }) => line));
}

/** The text of a snippet, with what it proposes. */
function plain(snippet: string): string {
  let text = snippet.replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, "$1").replace(/\$\{INSTANCE:[^}]*\}/g, "");
  while (/\$\{\w+:[^${}]*\}/.test(text)) text = text.replace(/\$\{\w+:([^${}]*)\}/g, "$1");
  return text.replace(/\$\d/g, "shop").replaceAll("my-service", "shop");
}

function containerOf(path: string, text: string): Unit {
  const known = checkedPath(path);
  assert.ok(known);
  return viewOf(unitDocument(known, text), NEWEST_VERSION).unit;
}

const linesOf = (text: string): readonly string[] => text.split("\n").filter((it) => /^[A-Z]\w+=/.test(it));

const without = (text: string, line: string): string => text.replace(`${line}\n`, "");

describe("one verdict for one command", () => {
  for (const profile of PROFILES)
    it(`new has all that ${profile} adds, and nothing that hardening speaks against`, () => {
      for (const exec of COMMANDS) {
        const text = made(exec, profile);
        if (text === undefined) continue;
        const path = "/etc/systemd/system/x.service";
        assert.deepEqual(hardenUnit(unitOf(text, path), profile).settings, [], exec);
        for (const line of linesOf(text)) {
          const row = ROWS.find((it) => line.startsWith(`${it.directive}=`));
          // Whom it runs as was decided by the same objections.
          if (!row || row.directive === "DynamicUser" || row.directive.endsWith("Directory")) continue;
          const { against, doubt } = fitOf(row, factsOf(unitOf(without(text, line), path)), profile);
          assert.ok(against === undefined || against.startsWith("without effect"), `${exec}: ${line}: ${against}`);
          assert.ok(doubt === undefined || !line.endsWith("=yes"), `${exec}: ${line} is only likely: ${doubt}`);
        }
      }
    });

  it("the command line, assistants, the lens and Nix add the same lines", () => {
    for (const exec of COMMANDS)
      for (const profile of PROFILES) {
        const text = `[Service]\nUser=shop\nExecStart=${exec}\n`;
        const path = "/etc/systemd/system/shop.service";
        const wanted = safeSettings(unitOf(text, path), profile).map((it) => it.line);
        const nix = `{ systemd.services.shop.serviceConfig = { User = "shop"; ExecStart = ${JSON.stringify(exec)}; }; }\n`;
        for (const [file, content] of [
          [path, text],
          ["/c/shop.nix", nix],
        ] as const) {
          // On NixOS programs lie where no path of another system tells.
          const isHere = (line: string): boolean => file === path || !/^(?:NoExec|Exec|BindReadOnly)Paths=/.test(line);
          assert.deepEqual(
            printed(file, content, profile).filter(isHere).toSorted(),
            wanted.filter(isHere).toSorted(),
            `${exec}: ${profile}, ${file}`,
          );
        }
        const tool = TOOLS.find((it) => it.name === "harden");
        assert.ok(tool);
        const answer = answerTool(tool.input(tool.schema.parse({ path, profile, text })), memoryHost({})).text;
        for (const line of wanted) assert.ok(answer.includes(line), `${exec}: ${line}\n${answer}`);
        const { safe } = missingClauses({ safe: wanted.length });
        assert.ok(wanted.length === 0 || safe?.startsWith(`${wanted.length} `), safe);
      }
  });

  it("the command line, assistants and the lens add the same lines to a container, and nothing more after that", () => {
    const path = "/etc/containers/systemd/shop.container";
    const seen = new Set<string>();
    for (const container of CONTAINERS)
      for (const profile of PROFILES) {
        const text = `[Container]\n${container}\n`;
        const unit = containerOf(path, text);
        const { edits, settings } = hardenUnit(unit, profile);
        const wanted = settings.map((it) => it.line);
        for (const line of wanted) seen.add(line);
        assert.deepEqual(safeFix(unit, profile)?.sets ?? [], wanted, `${container}: ${profile}`);
        assert.deepEqual(printed(path, text, profile), wanted, `${container}: ${profile}`);
        const tool = TOOLS.find((it) => it.name === "harden");
        assert.ok(tool);
        const answer = answerTool(tool.input(tool.schema.parse({ path, profile, text })), memoryHost({})).text;
        for (const line of wanted) assert.ok(answer.includes(line), `${container}: ${line}\n${answer}`);
        assert.deepEqual(hardenUnit(containerOf(path, applyEdits(text, edits)), profile).settings, [], container);
      }
    assert.ok(seen.has("NoNewPrivileges=true"), [...seen].join());
  });

  it("the folder of a program changes nothing", () => {
    const added = (folder: string, user: string) =>
      safeSettings(
        unitOf(`[Service]\n${user}ExecStart=/opt/${folder}/bin/server --port 8080\n`, "/etc/systemd/system/x.service"),
        "strict",
        undefined,
        "likely",
      ).map((it) => [it.line, it.grade]);
    for (const user of ["", "User=shop\n", "DynamicUser=yes\n"])
      for (const folder of ["myapp", "zorb"]) assert.deepEqual(added(folder, user), added("till", user), folder + user);
  });

  it("the snippet for a hardened service has nothing that hardening speaks against in it", () => {
    const text = plain(SNIPPETS["Hardened service"].body.join("\n"));
    const path = "/etc/systemd/system/shop.service";
    const hardening = linesOf(text).filter((it) => ROWS.some(({ directive }) => it.startsWith(`${directive}=`)));
    assert.ok(hardening.length > 15, text);
    for (const line of hardening) {
      const row = ROWS.find((it) => line.startsWith(`${it.directive}=`));
      assert.ok(row);
      const { against } = fitOf(row, factsOf(unitOf(without(text, line), path)), "strict");
      assert.ok(against === undefined || against.startsWith("without effect"), `${line}: ${against}`);
    }
  });
});
