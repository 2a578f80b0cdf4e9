import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CompletionItem } from "vscode-languageserver-types";
import data from "../../data/common-values.json" with { type: "json" };
import { type DirectiveName, directive, directivesIn, grammarIn } from "../../server/src/catalog/catalog.ts";
import { commonValues, valuesLeftOut } from "../../server/src/catalog/commonValues.ts";
import { SECTIONS, type SectionName } from "../../server/src/catalog/sections.ts";
import { UNIT_KINDS } from "../../server/src/facts/unitKinds.ts";
import { sectionsOf } from "../../server/src/families/unitFiles/kinds.ts";
import { resolveCompletion } from "../../server/src/features/completion/resolve.ts";
import { complete } from "../../server/src/features/completion.ts";
import { NO_WORLD, type World } from "../../server/src/features/world.ts";
import { whereOf } from "../../server/src/units/where.ts";
import { issuesOf } from "../../server/src/values/read.ts";
import { applyLsp, open } from "../kit/view.ts";
import { SOME_WORLD } from "../kit/world.ts";

function itemsAt(source: string, world: World = NO_WORLD, snippets = false): CompletionItem[] {
  const { view, cursor } = open(source);
  const { items } = complete(view, cursor, { world, snippets });
  return items.toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1));
}

const labelsAt = (source: string, world?: World): string[] => itemsAt(source, world).map((it) => it.label);

function accept(source: string, label: string, world: World = NO_WORLD): string {
  const opened = open(source);
  const item = itemsAt(source, world).find((it) => it.label === label) ?? assert.fail(label);
  assert.ok(item.textEdit && "range" in item.textEdit);
  return applyLsp(opened, [item.textEdit, ...(item.additionalTextEdits ?? [])]);
}

describe("completion: the likeliest value first", () => {
  const FIRST: readonly (readonly [string, string])[] = [
    ["#- a.service\n[Install]\nWantedBy=$0", "multi-user.target"],
    ["#- a.timer\n[Install]\nWantedBy=$0", "timers.target"],
    ["#- a.socket\n[Install]\nWantedBy=$0", "sockets.target"],
    ["#- a.path\n[Install]\nWantedBy=$0", "multi-user.target"],
    ["#- a.mount\n[Install]\nWantedBy=$0", "local-fs.target"],
    ["#- /etc/systemd/user/a.service\n[Install]\nWantedBy=$0", "default.target"],
    ["#- /etc/systemd/user/a.timer\n[Install]\nWantedBy=$0", "timers.target"],
    ["#- /etc/systemd/user/a.service\n[Unit]\nPartOf=$0", "graphical-session.target"],
    ["[Unit]\nBefore=$0", "shutdown.target"],
    ["[Unit]\nBindsTo=$0", "own.service"],
    ["[Service]\nType=$0", "exec"],
    ["[Service]\nBusName=org.example.A\nType=$0", "dbus"],
    ["[Service]\nRemainAfterExit=yes\nType=$0", "oneshot"],
    ["[Service]\nPIDFile=/run/a.pid\nType=$0", "forking"],
    ["[Service]\nRestart=$0", "on-failure"],
    ["[Service]\nRestartSec=$0", "5s"],
    ["[Service]\nStandardOutput=$0", "journal"],
    ["[Service]\nSystemCallFilter=$0", "@system-service"],
    ["#- shop.service\n[Service]\nUser=$0", "shop"],
    ["#- shop@.service\n[Service]\nStateDirectory=$0", "shop"],
    ["#- shop.service\n[Service]\nUser=web\nGroup=$0", "web"],
    ["#- shop.service\n[Service]\nExecStart=$0", "shop"],
    ["#- x.service\n[Service]\nExecReload=$0", "/bin/kill -HUP $MAINPID"],
    ["#- a.timer\n[Timer]\nOnCalendar=$0", "daily"],
  ];
  for (const [source, first] of FIRST)
    it(`${source.replaceAll("\n", " · ")} ${first}`, () => {
      assert.equal(labelsAt(source, SOME_WORLD)[0], first);
    });

  it("is oneshot for the service of a timer", () => {
    const world = { ...SOME_WORLD, units: () => [{ name: "a.timer", home: "own", folder: "/work" }] as const };
    assert.equal(labelsAt("#- a.service\n[Service]\nType=$0", world)[0], "oneshot");
  });

  it("is taken by systemd, whatever stands in the tables", () => {
    for (const section of Object.keys(SECTIONS) as SectionName[])
      for (const { name } of directivesIn(section, 262))
        for (const kind of UNIT_KINDS.filter((it) => sectionsOf(it).includes(section) && it !== "slice"))
          for (const scope of ["system", "user"] as const)
            for (const value of commonValues(name, { kind, scope })) {
              const known = directive(section, name) ?? assert.fail(name);
              const where = { ...whereOf(open("x").view.unit), kind, scope };
              const found = issuesOf(grammarIn(known, 262), value, where);
              assert.deepEqual(found, [], `${name}=${value}`);
            }
  });

  it("says of a name that is that of the unit where it is from, and has accounts of services before those of people", () => {
    const [own] = itemsAt("#- shop.service\n[Service]\nUser=$0");
    assert.equal(own?.labelDetails?.description, "named after the unit");
    const accounts = [
      "root 0",
      "daemon 1",
      "www-data 33",
      "_apt 42",
      "redis 110",
      "postgres 111",
      "systemd-network 998",
    ];
    const people = ["anna 1000", "nobody 65534", "bert 1001"];
    const users = () =>
      [...accounts, ...people].map((it) => ({ name: it.split(" ")[0] ?? "", id: Number(it.split(" ")[1]) }));
    const labels = labelsAt("#- shop.service\n[Service]\nUser=$0", { ...SOME_WORLD, users });
    assert.deepEqual(labels, [
      ...["shop", "postgres", "redis", "www-data", "root", "nobody", "bert", "anna"],
      ...["systemd-network", "_apt", "daemon"],
    ]);
    assert.deepEqual(labelsAt("#- shop.service\n[Service]\nUser=$0"), ["shop", "www-data", "root", "nobody"]);
  });

  it("is there for all directives that newcomers set", () => {
    const common: readonly DirectiveName[] = [
      "User",
      "Group",
      "Type",
      "Restart",
      "RestartSec",
      "WorkingDirectory",
      "UMask",
    ];
    for (const name of common) assert.ok(labelsAt(`#- a.service\n[Service]\n${name}=$0`).length > 0, name);
  });
});

describe("completion of what a list leaves out", () => {
  const FIRST = ["@privileged", "@resources", "@mount", "@swap", "@reboot"];

  it("begins with what deny lists have, and has @system-service after everything else", () => {
    for (const source of ["~$0", "~@$0", "@system-service\nSystemCallFilter=~$0", "~\\\n  $0"]) {
      const labels = labelsAt(`[Service]\nSystemCallFilter=${source}\n`);
      assert.deepEqual(labels.slice(0, 5), FIRST, source);
      assert.ok(labels.indexOf("@system-service") > labels.indexOf("ptrace"), source);
    }
    const [first, ...more] = FIRST;
    assert.deepEqual(labelsAt(`[Service]\nSystemCallFilter=~${first} $0\n`).slice(0, 4), more);
    assert.equal(labelsAt("[Service]\nCapabilityBoundingSet=~$0\n")[0], "CAP_SYS_PTRACE");
  });

  it("is taken by systemd", () => {
    for (const [name, values] of Object.entries(data.leftOut)) {
      const known = directive("Service", name) ?? assert.fail(name);
      const type = grammarIn(known, 262);
      assert.deepEqual(issuesOf(type, `~${values.join(" ")}`, whereOf(open("x").view.unit)), []);
      assert.deepEqual(valuesLeftOut(known.name), values);
    }
  });
});

describe("completion: what is typed stays", () => {
  it("offers no number in the place of one that is begun", () => {
    for (const line of [
      "RestartSec=1$0",
      "RestartSec=5$0",
      "LimitNOFILE=6$0",
      "MemoryMax=1$0",
      "Nice=1$0",
      "UMask=0$0",
    ])
      assert.deepEqual(
        labelsAt(`[Service]\n${line}\n`).filter((it) => !/^[a-z]+$/.test(it) || it.length < 4),
        [],
        line,
      );
    const items = itemsAt("[Service]\nRestartSec=$0\n");
    for (const it of items.filter((one) => /^\d/.test(one.label)))
      assert.ok(!/\d/.test(it.filterText ?? it.label), it.label);
    assert.ok(labelsAt("[Service]\nRestartSec=5mi$0\n").includes("min"));
    assert.ok(labelsAt("[Service]\nRestartSec=5 $0\n").includes("min"));
  });

  it("opens no list of units of time by a blank", () => {
    const { view, cursor } = open("[Service]\nRestartSec=5 $0\n");
    assert.deepEqual(complete(view, cursor, { trigger: " " }).items, []);
  });

  it("offers nothing in a description, however it reads", () => {
    for (const text of ["My app", "A service", "The timer", "hardening", "[Unit]", "5"])
      assert.deepEqual(itemsAt(`[Unit]\nDescription=${text}$0\n`, SOME_WORLD, true), [], text);
  });

  it("commits nothing by other characters", () => {
    for (const source of ["$0", "[Service]\n$0", "[Service]\nType=$0", "[Unit]\nAfter=$0"])
      for (const it of itemsAt(source, SOME_WORLD, true)) assert.equal(it.commitCharacters, undefined, it.label);
  });
});

describe("completion of network-online.target", () => {
  it("comes once, with the line that it needs as well", () => {
    assert.equal(
      accept("[Unit]\nDescription=x\nAfter=$0\n", "network-online.target"),
      "[Unit]\nDescription=x\nWants=network-online.target\nAfter=network-online.target\n",
    );
    assert.equal(
      accept("[Unit]\r\nWants=net$0\r\n", "network-online.target"),
      "[Unit]\r\nAfter=network-online.target\r\nWants=network-online.target\r\n",
    );
    const items = itemsAt("[Unit]\nAfter=$0\n");
    assert.equal(items[0]?.labelDetails?.description, "with Wants=");
    assert.equal(items.filter((it) => it.label === "network-online.target").length, 1);
  });

  it("comes alone where the other line is there, to units of users, and in other lines", () => {
    for (const source of [
      "[Unit]\nWants=a.service network-online.target\nAfter=$0\n",
      "[Unit]\nRequires=network-online.target\nAfter=$0\n",
      "#- /etc/systemd/user/a.service\n[Unit]\nAfter=$0\n",
      "[Unit]\nBefore=$0\n",
    ])
      assert.ok(!itemsAt(source).some((it) => it.additionalTextEdits), source);
    assert.equal(labelsAt("[Unit]\nWants=network-online.target\nAfter=$0\n")[0], "network-online.target");
  });

  it("is explained as the unit that it is", () => {
    const item = itemsAt("[Unit]\nAfter=$0\n").find((it) => it.label === "network-online.target") ?? assert.fail();
    assert.match(JSON.stringify(resolveCompletion(item, true).documentation), /network is configured/);
  });
});

describe("completion of units that a list names already", () => {
  it("offers none of them again, on this line or on another one", () => {
    for (const source of [
      "After=network.target own.service $0",
      "After=network.target $0 own.service",
      "After=network.target\nAfter=own.service $0",
      "After=$0\nAfter=network.target own.service",
    ]) {
      const labels = labelsAt(`[Unit]\n${source}\n`, SOME_WORLD);
      assert.ok(!labels.includes("network.target") && !labels.includes("own.service"), source);
      assert.ok(labels.includes("ssh.service"), source);
      assert.equal(new Set(labels).size, labels.length, source);
    }
  });

  it("still offers the one that is being written, and what only other settings name", () => {
    assert.ok(labelsAt("[Unit]\nAfter=network.targe$0\n", SOME_WORLD).includes("network.target"));
    assert.ok(labelsAt("[Unit]\nWants=own.service\nAfter=$0\n", SOME_WORLD).includes("own.service"));
  });
});

describe("completion of commands", () => {
  const EXEC = "#- x.service\n[Service]\nExecStart=";

  it("offers programs first and signs last", () => {
    const labels = labelsAt(`${EXEC}$0`, SOME_WORLD);
    assert.deepEqual(labels.slice(0, 3), ["shop", "node", "/usr/bin/"]);
    assert.deepEqual(labels.slice(-6), ["-", "+", "!", ":", "@", "|"]);
    assert.equal(accept(`${EXEC}$0`, "shop", SOME_WORLD).split("\n")[1], "ExecStart=/work/bin/shop");
    assert.equal(accept(`${EXEC}-no$0`, "node", SOME_WORLD).split("\n")[1], "ExecStart=-/usr/bin/node");
    assert.deepEqual(labelsAt(`${EXEC}ls$0 -l`, SOME_WORLD), ["ls", "lsblk"]);
  });

  it("has the plain program before those that begin like it, by name and in its folder", () => {
    const names = [
      "python3.13",
      "python-config",
      "python3-config",
      "python3",
      "redis-cli",
      "redis-server",
      "7zz",
      "7z-x",
    ];
    const programs = () => names.map((name) => ({ name, path: `/usr/bin/${name}`, home: "machine" }) as const);
    const programEntries = () => names.map((name) => ({ name, folder: false }));
    const world = { ...SOME_WORLD, programs, programEntries };
    for (const folder of ["", "/usr/bin/"]) {
      const first = (typed: string): string | undefined =>
        labelsAt(`${EXEC}${folder}${typed}$0`, world).find((it) => it.startsWith(typed));
      assert.equal(first("pyth"), "python3");
      assert.equal(first("redis"), "redis-server");
      assert.equal(first("7"), "7zz");
    }
  });

  it("offers the folder with most programs for a slash", () => {
    assert.deepEqual(labelsAt(`${EXEC}/$0`, SOME_WORLD)[0], "/usr/bin/");
    assert.equal(accept(`${EXEC}-/u$0`, "/usr/bin/", SOME_WORLD).split("\n")[1], "ExecStart=-/usr/bin/");
    assert.ok(!labelsAt(`${EXEC}/usr/$0`, SOME_WORLD).includes("/usr/bin/"));
  });

  it("asks again once something is typed", () => {
    const asked = (source: string): boolean => {
      const { view, cursor } = open(source);
      return complete(view, cursor, { world: SOME_WORLD }).isIncomplete;
    };
    assert.ok(asked(`${EXEC}$0`));
    assert.ok(!asked(`${EXEC}l$0`));
  });

  it("goes into folders, and offers what can be executed alone", () => {
    assert.deepEqual(labelsAt(`${EXEC}/opt/$0`, SOME_WORLD).toSorted(), ["app/", "run"]);
    assert.equal(accept(`${EXEC}/opt/a$0`, "app/", SOME_WORLD).split("\n")[1], "ExecStart=/opt/app/");
    assert.equal(accept(`${EXEC}/opt/a$0/run -x`, "app", SOME_WORLD).split("\n")[1], "ExecStart=/opt/app/run -x");
    assert.equal(
      accept("[Service]\nWorkingDirectory=/var/lib/$0", "app", SOME_WORLD).split("\n")[1],
      "WorkingDirectory=/var/lib/app",
    );
  });

  it("leaves out what would need quotes", () => {
    const odd = ["a b", "50%", "it's", "$x"];
    const entries = () => [...odd, "fine"].map((name) => ({ name, folder: false }));
    const world = { ...SOME_WORLD, entries, programEntries: entries };
    assert.deepEqual(labelsAt(`${EXEC}/opt/$0`, world), ["fine"]);
    assert.deepEqual(labelsAt(`${EXEC}/bin/a --x /opt/$0`, world), ["fine"]);
  });
});

describe("completion of snippets", () => {
  const first = (source: string, world?: World): string[] =>
    itemsAt(source, world, true)
      .filter((it) => it.insertTextFormat === 2)
      .map((it) => it.label);

  it("offers whole units of the kind of the file, and only to clients that expand them", () => {
    assert.equal(first("#- a.service\n$0")[0], "service");
    assert.deepEqual(first("#- a.timer\n$0"), ["timer", "timer-interval"]);
    assert.deepEqual(first("#- a.socket\n$0"), ["socket", "socket-accept"]);
    assert.deepEqual(first("#- a.path\ns$0"), ["path"]);
    assert.deepEqual(first("#- a.service.d/b.conf\n$0"), ["drop-in", "drop-in-environment"]);
    assert.deepEqual(first("#- a.target\n$0"), ["target"]);
    assert.deepEqual(first("#- srv-data.mount\n$0"), ["mount", "mount-network"]);
    assert.deepEqual(first("#- a.slice\n$0"), []);
    assert.deepEqual(
      itemsAt("#- a.service\n$0").filter((it) => it.insertTextFormat === 2),
      [],
    );
  });

  it("begins with what belongs to the place and its neighbours", () => {
    assert.equal(first("#- /etc/systemd/user/a.service\n$0")[0], "service-user");
    assert.equal(first("#- a@.service\n$0")[0], "socket-accept-service");
    const otherFiles = (name: string): World => ({
      ...SOME_WORLD,
      units: (kinds) => (kinds?.some((it) => name.endsWith(`.${it}`)) ? [{ name, home: "own", folder: "/work" }] : []),
    });
    assert.equal(first("#- a.service\n$0", otherFiles("a.timer"))[0], "timer-service");
    assert.equal(first("#- a.service\n$0", otherFiles("a.socket"))[0], "socket-service");
    assert.equal(first("#- a.service\n$0", otherFiles("b.timer"))[0], "service");
  });

  it("names the file", () => {
    const text = itemsAt("#- shop.service\nserv$0", NO_WORLD, true)[0]?.textEdit?.newText ?? "";
    assert.match(text, /\/usr\/local\/bin\/shop\}/);
    assert.doesNotMatch(text, /TM_FILENAME/);
  });

  it("names an account, and what is mounted", () => {
    const text = (source: string, label: string): string =>
      itemsAt(source, NO_WORLD, true).find((it) => it.label === label)?.textEdit?.newText ?? "";
    assert.match(
      text("#- Shop.v2.service\n$0", "service-hardened"),
      /User=shop-v2\|(?:.*\n)+?StateDirectory=\$\{5:Shop\.v2\}\n/,
    );
    assert.match(text("#- srv-data\\x2dold.mount\n$0", "mount"), /^Where=\/srv\/data-old$/m);
    assert.match(text("#- systemd/user/a.path\n$0", "path"), /^WantedBy=paths\.target$/m);
    assert.match(
      text("#- .config/containers/systemd/a.container\n$0", "container"),
      /^WantedBy=\$\{6:default\.target\}$/m,
    );
  });

  it("shows what it writes", () => {
    const [item] = itemsAt("#- shop.service\n$0", NO_WORLD, true);
    const shown = (it: CompletionItem | undefined): string => {
      const { documentation } = resolveCompletion(it ?? assert.fail(), false);
      return typeof documentation === "object" ? documentation.value : "";
    };
    assert.match(shown(item), /\[Service\]\nType=exec\nExecStart=\/usr\/local\/bin\/shop\nRestart=on-failure/);
    for (const it of itemsAt("#- shop.service\n$0", NO_WORLD, true).filter((one) => one.insertTextFormat === 2)) {
      assert.doesNotMatch(shown(it), /[${}|]|Directory=$/m, it.label);
      assert.ok(shown(it).length > 50);
    }
  });

  it("offers lines for [Service] after its directives, and no unit where one has begun", () => {
    assert.deepEqual(first("[Service]\n$0"), ["hardening", "credential"]);
    assert.deepEqual(first("[Unit]\n$0"), []);
    assert.deepEqual(first("[Service]\nType=$0"), []);
    assert.deepEqual(first("# $0"), []);
  });
});
