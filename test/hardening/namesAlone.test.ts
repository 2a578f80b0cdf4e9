import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { missingSettings } from "../../server/src/hardening/missingSettings.ts";
import type { HardeningDirective } from "../../server/src/hardening/profiles.ts";
import { unitOf } from "./kit.ts";

/** The grade of a setting, or nothing where something speaks against it. */
function grade(name: HardeningDirective, description: string, ...lines: readonly string[]): string | undefined {
  const text = ["[Unit]", `Description=${description}`, "[Service]", ...lines, ""].join("\n");
  const { gaps } = missingSettings(unitOf(text, "/etc/systemd/system/zorb.service"), "strict");
  return gaps.find((it) => it.row.directive === name)?.confidence?.grade;
}

describe("names that nobody knows", () => {
  it("leave open what figures are of", () => {
    const exporter = (name: string, text: string) =>
      grade("PrivateDevices", text, `User=${name}`, `ExecStart=/usr/bin/${name}_exporter --listen :9400`);
    assert.equal(exporter("zorb", "Metrics"), "likely");
    assert.equal(exporter("zorb", "Zorb metrics"), "likely");
    assert.equal(exporter("varnish", "Metrics"), "shown");
    assert.equal(exporter("zorb", "Zorb status page"), "likely");
    assert.equal(exporter("mysql", "Prometheus exporter for MySQL"), "shown");
  });

  it("are not told by the folder that a program lies in", () => {
    const client = (...lines: readonly string[]) => grade("PrivateDevices", "Accounts", "User=zorb", ...lines);
    assert.equal(client("ExecStart=/var/lib/zorb/bin/zorb"), "likely");
    assert.equal(client("ExecStart=/usr/local/bin/zorb --data /var/lib/zorb"), "shown");
  });

  it("are not the distribution's where a unit writes out that they run as root", () => {
    const agent = (...lines: readonly string[]) => [
      grade("ProtectHome", "Zorb", "ExecStart=/usr/bin/zorbd --service", ...lines),
      grade("PrivateTmp", "Zorb", "ExecStart=/usr/bin/zorbd --service", ...lines),
    ];
    assert.deepEqual(agent(), ["shown", "shown"]);
    assert.deepEqual(agent("User=root"), ["likely", "likely"]);
    assert.equal(grade("ProtectHome", "Zorb", "User=root", "ExecStart=/usr/sbin/named -f"), "shown");
  });

  it("are those of no device where a server runs an application with ordinary names", () => {
    const site = (user: string, command: string) => grade("PrivateDevices", "gunicorn daemon", `User=${user}`, command);
    assert.equal(site("deploy", "ExecStart=/srv/shop/venv/bin/gunicorn shop.wsgi -b :8000"), "shown");
    assert.equal(site("deploy", "ExecStart=/srv/zorb/venv/bin/gunicorn zorb.wsgi -b :8000"), "likely");
    assert.equal(site("pi", "ExecStart=/srv/shop/venv/bin/gunicorn shop.wsgi -b :8000"), "likely");
    assert.equal(site("deploy", "ExecStart=/srv/shop/venv/bin/python server.py --port 8000"), "likely");
  });

  it("are not hidden by the server that a unit is named after", () => {
    const site = (name: string, text: string, folder: string) => {
      const lines = ["[Unit]", `Description=${text}`, "[Service]", "User=deploy", `WorkingDirectory=/srv/${folder}`];
      const command = `ExecStart=/srv/${folder}/venv/bin/${name} app:app`;
      const { gaps } = missingSettings(
        unitOf([...lines, command, ""].join("\n"), `/etc/systemd/system/${name}.service`),
        "strict",
      );
      return gaps.find((it) => it.row.directive === "PrivateDevices")?.confidence?.grade;
    };
    assert.equal(site("gunicorn", "Gunicorn instance", "shop"), "shown");
    assert.equal(site("gunicorn", "Gunicorn instance", "zorb"), "likely");
    assert.equal(site("uvicorn", "Relay board of the greenhouse", "shop"), undefined);
  });

  it("are those of the web server's user where he runs them", () => {
    const site = (user: string, text: string) =>
      grade("PrivateDevices", text, `User=${user}`, "ExecStart=/usr/bin/node /var/www/site/server.js --port 3000");
    assert.equal(site("www-data", "Frontend"), "likely", "the name of the unit says nothing");
    assert.equal(site("www-data", "Website"), "shown");
  });
});

describe("programs that act on the whole system", () => {
  it("get nothing that hides it, wherever their package has put them", () => {
    for (const program of [
      "/usr/bin/anydesk --service",
      "/opt/teamviewer/tv_bin/teamviewerd -d",
      "/opt/CrowdStrike/falcond",
    ])
      for (const name of ["ProtectHome", "PrivateTmp", "ProtectKernelModules"] as const)
        assert.equal(grade(name, "Agent", `ExecStart=${program}`), undefined, `${program} ${name}`);
    for (const program of ["/opt/osquery/bin/osqueryd", "/usr/bin/env /var/ossec/bin/wazuh-control start"])
      assert.equal(grade("PrivateTmp", "Agent", `ExecStart=${program}`), undefined, program);
    assert.equal(grade("PrivateTmp", "Agent", "ExecStart=/usr/bin/zabbix_agentd -f"), "shown");
  });

  it("are not servlet containers", () => {
    const tomcat = (text: string) => grade("ProtectHostname", text, "User=cat", "ExecStart=/opt/cat/bin/startup.sh");
    assert.equal(tomcat("Apache Tomcat Web Application Container"), "shown");
    assert.equal(tomcat("Container of the lab"), undefined);
  });
});
