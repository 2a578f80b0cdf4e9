import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { fixHosted, hostedFindings, unreadFindings } from "../../server/src/hosts/hostedFindings.ts";
import { hostLanguage } from "../../server/src/hosts/hosts.ts";
import { expectLinear } from "../kit/growth.ts";

const PUPPET = hostLanguage("init.pp") ?? assert.fail();

const found = (text: string): readonly string[] =>
  hostedFindings(PUPPET.units(text), NEWEST_VERSION, { profile: "off" }).map(
    ({ finding, place }) => `${finding.code} ${text.slice(place.start, place.end)}`,
  );
const names = (text: string): readonly (string | undefined)[] => PUPPET.units(text).units.map((it) => it.path.name);
const texts = (text: string): readonly string[] =>
  PUPPET.units(text).units.map((it) => (it.raw ?? []).map((part) => part.text).join(""));
const unread = (text: string): readonly string[] =>
  unreadFindings(PUPPET.units(text), { profile: "off" }).map((it) => text.slice(it.start, it.end));

const MANIFEST = `class demo (String $user = 'demo') {
  file { '/etc/systemd/system/demo.service':
    ensure  => file,
    content => @("UNIT"),
      [Unit]
      Description=Demo
      [Service]
      User=\${user}
      ExecStart=\${facts['bin']}/demo $MAINPID
      Restart=allways
      | UNIT
    notify  => Service['demo'],
  }

  systemd::unit_file { 'tidy.timer':
    content => @(END:ini),
[Timer]
OnCalendar=dayly
END
  }

  systemd::dropin_file { 'limits.conf':
    unit    => 'other.service',
    content => @(DROPIN/L),
      [Service]
      Nice=25
      |- DROPIN
  }

  file { 'motd': path => '/etc/motd', content => @(T) }
    [Service]
    Nice=30
    | T
}
`;

describe("hosts: units that manifests of Puppet write", () => {
  it("are texts of files and of resources that are called like units", () => {
    assert.deepEqual(names(MANIFEST), ["demo.service", "tidy.timer", "other.service"]);
    assert.deepEqual(texts(MANIFEST), [
      "[Unit]\nDescription=Demo\n[Service]\nUser=x\nExecStart=/opt/x/demo $MAINPID\nRestart=allways\n",
      "[Timer]\nOnCalendar=dayly\n",
      "[Service]\nNice=25",
    ]);
    assert.deepEqual(names("file { '/etc/systemd/system/a.service':\n  content => 'x',\n}\n"), []);
  });

  it("have their findings where they stand", () => {
    assert.deepEqual(found(MANIFEST), [
      "value/enumeration allways",
      "unit/nothing-to-do [Timer]",
      "value/calendar dayly",
      "value/number 25",
    ]);
    assert.deepEqual(found(MANIFEST.replaceAll("\n", "\r\n")), found(MANIFEST));
  });

  it("are fixed in their lines", () => {
    const fix = (text: string): string =>
      fixHosted(PUPPET, PUPPET.units(text), NEWEST_VERSION, { profile: "off" }, "all").text;
    assert.equal(fix(MANIFEST), MANIFEST.replace("allways", "always").replace("dayly", "daily"));
    const moved = (...lines: readonly string[]): string =>
      `systemd::unit_file { 'a.service':\n  content => @(E),\n${lines.map((it) => `    ${it}\n`).join("")}    | E\n}\n`;
    assert.equal(
      fix(moved("[Unit]", "[Service]", "ExecStart=/bin/a", "StartLimitIntervalSec=5")),
      moved("[Unit]", "StartLimitIntervalSec=5", "[Service]", "ExecStart=/bin/a"),
    );
  });

  it("are said to be unread where that is so", () => {
    assert.deepEqual(unread(MANIFEST), ["  file { 'motd': path => '/etc/motd', content => @(T) }"]);
    const variable = "$unit = @(E)\n  [Service]\n  ExecStart=/bin/a\n  | E\nfile { $path: content => $unit }\n";
    assert.deepEqual(unread(variable), ["$unit = @(E)"]);
    const escaped = MANIFEST.replace('@("UNIT")', '@("UNIT"/n)').replace("Description=Demo", "Description=\\n");
    assert.deepEqual(unread(escaped)[0], '    content => @("UNIT"/n),');
    const quoted = "file { '/etc/systemd/system/a.service':\n  content => \"[Service]\\nExecStart=/bin/a\\n\",\n}\n";
    assert.deepEqual(unread(quoted), ["[Service]"]);
  });

  const long: Readonly<Record<string, (size: number) => string>> = {
    manifests: (size) => MANIFEST.repeat(size),
    begins: (size) => "content => @(E)\n".repeat(size),
    titles: (size) => "file { '/etc/systemd/system/a.service':\n".repeat(size),
    values: (size) => `systemd::unit_file { 'a.service':\n content => @("E"),\nA=${"$a".repeat(size)}\n| E\n`,
  };
  for (const [what, make] of Object.entries(long))
    it(`are found in a time that grows with the manifest: ${what}`, () => expectLinear(300, make, PUPPET.units));
});
