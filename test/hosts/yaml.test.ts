import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { hostedCompletion } from "../../server/src/features/hosted/hostedCompletion.ts";
import { hostedHover } from "../../server/src/features/hosted/hostedHover.ts";
import { hostedViewOf } from "../../server/src/features/hosted/hostedView.ts";
import { NO_WORLD } from "../../server/src/features/world.ts";
import { fixHosted, hostedFindings, inHost, unreadFindings } from "../../server/src/hosts/hostedFindings.ts";
import { hardenHosted } from "../../server/src/hosts/hostedHardening.ts";
import { hostLanguage } from "../../server/src/hosts/hosts.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { expectLinear } from "../kit/growth.ts";

const YAML = hostLanguage("user-data") ?? assert.fail();

/** What is found: the codes with what they point to. */
const found = (text: string, profile: "off" | "basic" = "off"): readonly string[] =>
  hostedFindings(YAML.units(text), NEWEST_VERSION, { profile }).map(
    ({ finding, place }) => `${finding.code} ${text.slice(place.start, place.end)}`,
  );

const names = (text: string): readonly (string | undefined)[] => YAML.units(text).units.map((it) => it.path.name);
const texts = (text: string): readonly string[] =>
  YAML.units(text).units.map((it) => (it.raw ?? []).map((part) => part.text).join(""));
const fix = (text: string): string => fixHosted(YAML, YAML.units(text), NEWEST_VERSION, { profile: "off" }, "all").text;

/** A file for cloud-init with one unit, whose content is written in some way. */
const cloud = (content: string, more = ""): string =>
  `#cloud-config\npackages: [nginx]\nwrite_files:\n  - path: /etc/systemd/system/a.service\n${more}    content: ${content}\nruncmd:\n  - systemctl start a\n`;

const LITERAL = cloud("|\n      [Service]\n      ExecStart=/bin/a\n      Restart=allways");

const BUTANE = `variant: fcos
version: 1.5.0
systemd:
  units:
    - name: a.service
      enabled: true
      contents: |
        [Service]
        ExecStart=/bin/a
        Restart=allways
      dropins:
        - name: 10-limits.conf
          contents: |
            [Service]
            Nice=25
    - name: docker.service
      mask: true
storage:
  files:
    - path: /etc/systemd/system/b.timer
      contents:
        inline: |
          [Timer]
          OnCalendar=dayly
    - path: /etc/motd
      contents: { inline: "Restart=allways" }
`;

const ignition = (indent?: number): string =>
  JSON.stringify(
    {
      ignition: { version: "3.4.0" },
      systemd: {
        units: [
          { name: "a.service", contents: "[Service]\nExecStart=/bin/a\nRestart=allways\n", enabled: true },
          { name: "b.service", dropins: [{ name: "x.conf", contents: '[Service]\nEnvironment="A=b"\nNice=25\n' }] },
        ],
      },
      storage: { files: [{ path: "/etc/systemd/system/c.service", contents: { source: "data:,x" } }] },
    },
    undefined,
    indent,
  );

describe("hosts: units in YAML and JSON", () => {
  it("are those of files that set machines up", () => {
    for (const path of ["a/user-data", "x.yaml", "x.yml", "x.bu", "x.ign", "/x/ignition.json", "cloud.cfg.d/9.cfg"])
      assert.equal(hostLanguage(path)?.name, "yaml", path);
    for (const path of ["package.json", "x.yaml.txt", "data"]) assert.equal(hostLanguage(path), undefined, path);
    const others = [
      "services:\n  web:\n    image: nginx\n",
      "# no\n#cloud-config\nwrite_files: []\n",
      "#cloud-config\npackages: [a]\n",
      "variant: other\nsystemd:\n",
      '{ "units": [{ "name": "a.service", "contents": "[Service]" }] }',
      "a: 1\n".repeat(2000) + BUTANE,
      `${LITERAL}${"#\n".repeat(2_100_000)}`,
    ];
    for (const it of others) assert.equal(YAML.mayHold(it), false, it.slice(0, 40));
    for (const it of [LITERAL, BUTANE, ignition(), `## template: jinja\n${LITERAL}`]) assert.ok(YAML.mayHold(it), it);
  });

  it("are found by their place in the file", () => {
    assert.deepEqual(names(LITERAL), ["a.service"]);
    assert.deepEqual(names(BUTANE), ["a.service", "a.service", "b.timer"]);
    assert.deepEqual(names(ignition()), ["a.service", "b.service"]);
    assert.deepEqual(names(cloud("|\n      [Service]").replace("a.service", "a.conf")), []);
    for (const more of ["    encoding: b64\n", "    encoding: 'gz+b64'\n", "    append: true\n"])
      assert.deepEqual(names(cloud("|\n      [Service]", more)), [], more);
    assert.deepEqual(names(cloud("!!binary |\n      [Service]")), []);
    assert.deepEqual(names(cloud("*other")), []);
    const old =
      "#cloud-config\ncoreos:\n  units:\n  - name: a.service\n    content: |\n      [Service]\n      Nice=25\n";
    assert.ok(found(old).includes("value/number 25"));
  });

  it("have their findings where they stand", () => {
    assert.deepEqual(found(LITERAL), ["value/enumeration allways"]);
    assert.deepEqual(found(BUTANE), [
      "value/enumeration allways",
      "value/number 25",
      "unit/nothing-to-do [Timer]",
      "value/calendar dayly",
    ]);
    assert.deepEqual(found(ignition()), ["value/enumeration allways", "value/number 25"]);
    assert.deepEqual(found(ignition(2)), ["value/enumeration allways", "value/number 25"]);
    assert.deepEqual(found(LITERAL.replaceAll("\n", "\r\n")), ["value/enumeration allways"]);
    const whole = (content: string): readonly string[] => found(cloud(content));
    assert.deepEqual(whole(">\n      [Service]\n\n      ExecStart=/bin/a\n\n      Restart=allways\n"), [
      "value/enumeration [Service]\n\n      ExecStart=/bin/a\n\n      Restart=allways",
    ]);
    assert.deepEqual(whole("'[Service]\n\n      ExecStart=/bin/a\n\n      Restart=allways'"), [
      "value/enumeration [Service]\n\n      ExecStart=/bin/a\n\n      Restart=allways",
    ]);
  });

  const styles: readonly string[] = [
    "|\n      [Service]\n      ExecStart=/bin/a\n",
    "|\n      [Service]\n\n      ExecStart=/bin/a \\\n        --more\n\n\n",
    "|-\n      [Service]\n      ExecStart=/bin/a\n",
    "|+\n      [Service]\n      ExecStart=/bin/a\n\n",
    "|2\n        [Service]\n      ExecStart=/bin/a\n",
    "|\n      [Service]\n      \n         \n      ExecStart=/bin/a\n",
    "|\n      [Service]\n      # a comment\n      Environment=A=\u{1F600}\n",
    "| # a comment\n      [Service]\n      ExecStart=/bin/a\n",
    "&anchor |\n      [Service]\n      ExecStart=/bin/a\n",
    "|\n      [Service]\n      \tExecStart=/bin/a\n",
    ">\n      [Service]\n\n      ExecStart=/bin/a\n        --more\n      --less\n\n      User=a\n",
    ">-\n      [Service]\n      ExecStart=/bin/a\n",
    '"[Service]\\nExecStart=/bin/a \\"x\\" \\u0041\\x41\\n"',
    '"[Service]\\n\\\n      ExecStart=/bin/a\\n\\\n      User=a\\n"',
    '"[Service]\n\n      ExecStart=/bin/a"',
    "'[Service]\n\n      ExecStart=/bin/it''s'",
    "'[Service]'",
    "[Service",
  ];
  for (const style of styles)
    for (const eol of ["\n", "\r\n"])
      it(`are the texts that YAML makes of them: ${JSON.stringify(style)}${eol === "\n" ? "" : ", CRLF"}`, () => {
        const text = cloud(style).replaceAll("\n", eol);
        let content: string | undefined;
        try {
          content = (parse(text) as { write_files: readonly { content: unknown }[] }).write_files[0]?.content as string;
        } catch {
          // Broken, and read as far as it goes.
          return assert.doesNotThrow(() => YAML.units(text));
        }
        assert.deepEqual(texts(text), typeof content === "string" ? [content] : []);
      });

  it("are fixed in their lines, or between their quotes", () => {
    assert.equal(fix(LITERAL), LITERAL.replace("allways", "always"));
    assert.equal(fix(BUTANE), BUTANE.replace("allways", "always").replace("dayly", "daily"));
    assert.equal(fix(ignition(2)), ignition(2).replace("allways", "always"));
    const moved = cloud("|\n      [Unit]\n      [Service]\n      ExecStart=/bin/a\n      StartLimitIntervalSec=5");
    const better = cloud("|\n      [Unit]\n      StartLimitIntervalSec=5\n      [Service]\n      ExecStart=/bin/a");
    assert.equal(fix(moved), better);
    assert.equal(fix(moved.replaceAll("\n", "\r\n")), better.replaceAll("\n", "\r\n"));
    const folded = cloud(">\n      [Service]\n\n      ExecStart=/bin/a\n\n      Restart=allways\n");
    assert.equal(fix(folded), folded);
  });

  const hardened: Readonly<Record<string, string>> = {
    lines: cloud("|\n      [Service]\n      ExecStart=/usr/sbin/nginx\n"),
    "lines without an end": cloud("|-\n      [Service]\n      ExecStart=/usr/sbin/nginx\n"),
    "lines at the end":
      "#cloud-config\nwrite_files:\n- path: /etc/systemd/system/a.service\n  content: |\n    [Service]\n    ExecStart=/usr/sbin/nginx",
    "lines and a section below": cloud(
      "|\n      [Service]\n      ExecStart=/usr/sbin/nginx\n\n      [Install]\n      WantedBy=multi-user.target\n",
    ),
    CRLF: cloud("|\n      [Service]\n      ExecStart=/usr/sbin/nginx\n").replaceAll("\n", "\r\n"),
    JSON: ignition(),
    Butane: BUTANE,
  };
  for (const [what, text] of Object.entries(hardened))
    it(`are hardened as their texts are, and stay what they are for YAML: ${what}`, () => {
      const before = YAML.units(text).units;
      const all = hardenHosted(YAML, text, NEWEST_VERSION, { profile: "strict", sure: "likely" });
      assert.ok(all.length > 0 && all.every((it) => it.settings.length > 0));
      const after = all.at(-1)?.text ?? "";
      assert.equal(YAML.units(after).units.length, before.length);
      const contents = JSON.stringify(parse(after));
      for (const [i, own] of texts(after).entries()) {
        assert.ok(contents.includes(JSON.stringify(own).slice(0, -1)), own);
        if (before[i]?.path.role === "unit" && before[i].path.kind === "service")
          assert.match(own, /\nProtectHostname=yes\n/);
      }
      // All but the texts stays as it was.
      const rest = (it: string): unknown =>
        JSON.parse(JSON.stringify(parse(it), (_, v) => (/\[(Service|Timer)\]/.test(v) ? "" : v)));
      assert.deepEqual(rest(after), rest(text));
      const basic = { profile: "basic", sure: "safe" } as const;
      const once = hardenHosted(YAML, text, NEWEST_VERSION, basic).at(-1)?.text ?? "";
      assert.notEqual(once, text);
      assert.equal(hardenHosted(YAML, once, NEWEST_VERSION, basic).at(-1)?.text, once);
    });

  it("have the drop-ins of the file", () => {
    const [own] = YAML.units(BUTANE).units;
    assert.deepEqual(own?.dropIns, ["[Service]\nNice=25\n"]);
    const safe = BUTANE.replace("Nice=25", "ProtectHostname=yes");
    const advice = (text: string): boolean =>
      hostedFindings(YAML.units(text), NEWEST_VERSION, { profile: "basic" }).some((it) =>
        it.finding.code.endsWith("/protect-hostname"),
      );
    assert.ok(advice(BUTANE));
    assert.ok(!advice(safe));
  });

  it("say nothing of what another program fills in", () => {
    const lines = (...all: readonly string[]): string =>
      cloud(`|\n${["[Service]", ...all].map((it) => `      ${it}`).join("\n")}`);
    assert.deepEqual(
      found(lines("ExecStart={{ bin }}/a", "User={{ user }}", "Restart=${restart}", "Nice={{ n }}")),
      [],
    );
    assert.deepEqual(found(lines("ExecStart=${bin}/a $X ${Y}", "Restart=allways")), ["value/enumeration allways"]);
    const block = ["{% if x %}", "Restart=allways", "{% endif %}"];
    assert.deepEqual(found(lines("ExecStart=/bin/a", ...block)), ["value/enumeration allways"]);
  });

  const TASKS = `- hosts: all
  tasks:
    - block:
        - name: x
          ansible.builtin.copy:
            dest: /etc/systemd/system/a.service
            content: |
              [Unit]
              Descriptio=A
              [Service]
              ExecStart=/bin/a {{ flags }}
              User={{ user }}
        - copy:
            content: |
              [Match]
              Nam=eth0
            dest: "/etc/systemd/network/{{ name }}.network"
    - copy: { dest: /etc/motd, content: "[Service]" }
`;

  it("are those of tasks that copy a text", () => {
    assert.deepEqual(names(TASKS), ["a.service", undefined]);
    assert.deepEqual(found(TASKS), ["directive/unknown Descriptio", "directive/unknown Nam"]);
    assert.equal(fix(TASKS), TASKS.replace("Descriptio=", "Description=").replace("Nam=", "Name="));
    assert.deepEqual(names(TASKS.replaceAll("copy:", "template:")), []);
  });

  it("are those of podman and networkd, too", () => {
    const made = (path: string, ...lines: readonly string[]): string =>
      cloud(`|\n${lines.map((it) => `      ${it}\n`).join("")}`).replace("/etc/systemd/system/a.service", path);
    const container = made("/etc/containers/systemd/a.container", "[Container]", "Image=docker.io/a", "Foo=1");
    assert.deepEqual(found(container), ["quadlet/unknown-key Foo"]);
    const link = made("/etc/systemd/network/a.network", "[Match]", "Name=a", "[Network]", "DHCP=always");
    assert.deepEqual(found(link), ["value/enumeration always"]);
    assert.deepEqual(found(made("/srv/a.network", "[Other]", "Foo=1")), [], "a file of another program");
  });

  it("are branches of Terraform in a command, which decide about no other line", () => {
    const text = BUTANE.replace(
      "ExecStart=/bin/a\n",
      `ExecStart=/bin/a \\
          %{ if provider != null ~}
          --provider=x \\
          %{ endif ~}
          --verbose
`,
    );
    assert.deepEqual(found(text), found(BUTANE));
  });

  const UNREAD: readonly (readonly [text: string, line: number, why: RegExp])[] = [
    [cloud("W1NlcnZpY2Vd", "    encoding: b64\n"), 4, /its text is encoded/],
    [cloud("|\n      [Service]\n      Nice=5", "    append: true\n"), 4, /added to a file/],
    [cloud("!x |\n      [Service]\n      Nice=5"), 4, /a tag makes something else of its text/],
    [
      LITERAL.replace("/etc/systemd/system/a.service", "/opt/unit"),
      4,
      /the file that it goes into is not named like a unit/,
    ],
    [
      `${LITERAL}  - |\n    cat > x.service <<EOF\n    [Service]\n    ExecStart=/bin/a\n    EOF\n`,
      13,
      /put together in a way/,
    ],
  ];
  for (const [text, line, why] of UNREAD)
    it(`are said to be unread where that is so: ${why.source}`, () => {
      const file = YAML.units(text);
      const notes = unreadFindings(file, { profile: "off" });
      assert.deepEqual(
        notes.map((it) => [it.code, it.severity, text.slice(0, it.start).split("\n").length]),
        [["syntax/not-read", "info", line]],
      );
      assert.match(notes[0]?.message ?? "", why);
    });

  it("are all read in usual files", () => {
    for (const text of [LITERAL, BUTANE, TASKS]) assert.deepEqual(YAML.units(text).unread, []);
  });

  it("have fixes that only change their unit", () => {
    for (const text of [LITERAL, BUTANE, ignition(), ignition(4), LITERAL.replaceAll("\n", "\r\n")]) {
      const file = YAML.units(text);
      for (const { fixes } of inHost(YAML, file, hostedFindings(file, NEWEST_VERSION, { profile: "basic" })))
        for (const { edits } of fixes) {
          const changed = applyEdits(text, edits());
          const differing = texts(changed).filter((own, i) => own !== texts(text)[i]);
          assert.ok(differing.length <= 1);
          assert.equal(Object.keys(parse(changed)).length, Object.keys(parse(text)).length);
        }
    }
  });

  it("are read as far as they go where the file is broken", () => {
    for (let end = 0; end <= BUTANE.length; end += 7) {
      const torn = BUTANE.slice(0, end);
      for (const { finding } of hostedFindings(YAML.units(torn), NEWEST_VERSION, { profile: "strict" }))
        assert.ok(finding.code);
    }
    for (const it of [
      "#cloud-config\nwrite_files: [",
      "#cloud-config\nwrite_files:\n\t- a",
      "#cloud-config\nwrite_files: {{{",
      `{"ignition": ["systemd"`,
    ])
      assert.deepEqual(found(it), [], it);
    assert.deepEqual(found(`${LITERAL}\t- broken: [\n  "`), ["value/enumeration allways"]);
  });

  const viewOf = (text: string) =>
    hostedViewOf(YAML, text, NEWEST_VERSION, { profile: "basic", rules: {}, each: false });
  for (const [what, make] of [
    ["lines", (value: string) => cloud(`|\n      [Service]\n      ExecStart=/bin/a\n      Restart=${value}`)],
    ["quotes", (value: string) => cloud(`"[Service]\\nExecStart=/bin/a\\nRestart=${value}\\n"`)],
  ] as const)
    it(`are completed and explained between ${what}`, () => {
      const marked = make("al$0");
      const text = marked.replace("$0", "");
      const view = viewOf(text);
      const offset = marked.indexOf("$0");
      const item = hostedCompletion(view, offset, {}).items.find((it) => it.label === "always");
      assert.ok(item?.textEdit && "range" in item.textEdit);
      const { range, newText } = item.textEdit;
      const [start, end] = [view.lines.offsetAt(range.start), view.lines.offsetAt(range.end)];
      assert.equal(applyEdits(text, [{ start, end, newText }]), make("always"));
      const hover = hostedHover(view, offset - 5, true, NO_WORLD, "basic");
      assert.match(JSON.stringify(hover?.contents), /Restart=/);
      assert.equal(hostedHover(view, 3, true, NO_WORLD, "basic"), undefined);
    });

  it("are not completed where their text is written otherwise", () => {
    const marked = cloud(">\n      [Service]\n\n      Restart=al$0\n\n      Nice=5\n");
    const view = viewOf(marked.replace("$0", ""));
    assert.deepEqual(hostedCompletion(view, marked.indexOf("$0"), {}).items, []);
  });

  const long: Readonly<Record<string, (size: number) => string>> = {
    units: (size) =>
      `#cloud-config\nwrite_files:\n${"- path: /etc/systemd/system/a.service\n  content: |\n    [Service]\n".repeat(size)}`,
    lines: (size) => cloud(`|\n${"      A=b\n".repeat(size)}`),
    "empty lines": (size) => cloud(`|\n      [Service]\n${"\n".repeat(size)}`),
    "folded lines": (size) => cloud(`>\n      [Service]\n${"      a\n\n".repeat(size)}`),
    escapes: (size) => cloud(`"[Service]${"\\n".repeat(size)}"`),
    backslashes: (size) => cloud(`"[Service]${"\\\\".repeat(size)}\n"`),
    braces: (size) => cloud(`|\n      [Service]\n      A=${"{{".repeat(size)}`),
    "open lists": (size) => `#cloud-config\nwrite_files: ${"[".repeat(size)}`,
    "open maps": (size) =>
      `#cloud-config\nwrite_files:\n${Array.from({ length: Math.min(size, 900) }, (_, i) => `${" ".repeat(i % 40)}a:`).join("\n")}`,
    "open quotes": (size) => `#cloud-config\nwrite_files: "${"\\n".repeat(size)}`,
    tasks: (size) => `${"- copy:\n    dest: /a.service\n    content: |\n      [Service]\n".repeat(size)}`,
    "unread headers": (size) => `${LITERAL}${"  - |\n    [Service]\n    ExecStart=/bin/a\n".repeat(size)}`,
    other: (size) => `#cloud-config\nwrite_files: []\nother:\n${"  - a: b\n    c: d\n".repeat(size)}`,
  };
  for (const [what, make] of Object.entries(long))
    it(`are found in a time that grows with the file: ${what}`, () => expectLinear(1000, make, YAML.units));
});
