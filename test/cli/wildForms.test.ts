import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

/** What is found in a file: lines with their codes. */
function found(files: Readonly<Record<string, string>>, path: string): readonly string[] {
  const { stdout } = runOver(memoryHost(files), "check", "--profile", "off", "--format", "json", path);
  const { files: reports } = JSON.parse(stdout) as {
    readonly files: readonly {
      readonly findings: readonly {
        readonly code: string;
        readonly severity: string;
        readonly start: { readonly line: number };
      }[];
    }[];
  };
  return reports.flatMap((it) =>
    it.findings.map(({ start, severity, code }) => `${start.line + 1} ${severity} ${code}`),
  );
}

interface WildCase {
  readonly what: string;
  readonly path: string;
  readonly lines: readonly string[];
  readonly found: readonly string[];
  /** Other files around it. */
  readonly beside?: Readonly<Record<string, string>>;
}

/** Forms in which public repositories write units, each with a mistake that is found all the same. */
const CASES: readonly WildCase[] = [
  {
    what: "paths of Autoconf after a minus",
    path: "/w/update.service.in",
    lines: [
      "[Service]",
      "Type=oneshot",
      "EnvironmentFile=-@prefix@@sysconfdir@/update.conf",
      "EnvironmentFile=-@sysconfdir@/update.conf.d/*",
      "ExecStart=@sbindir@/update $METHOD",
      "IOSchedulingPriority=8",
    ],
    found: ["6 error value/number"],
  },
  {
    what: "names in braces, as Yocto fills them in",
    path: "/w/overlay.mount.in",
    lines: ["[Unit]", "RequiresMountsFor={DATA}", "[Mount]", "What=overlay", "Where={LOWER}", "TimeoutSec=soon"],
    found: ["6 error value/time-span"],
  },
  {
    what: "macros of m4",
    path: "/w/usb.service.m4",
    lines: [
      "divert(-1)",
      "define(`MAC_ARG', `ifelse($1, `invalid', `',",
      "    ` --mac \"$1\"')')",
      "",
      "divert(0)dnl",
      "dnl",
      "[Service]",
      "ExecStart=M_INSTALL_DIR/usb.sh \\",
      "    MAC_ARG(M_MAC) \\",
      "    --start",
      "Restart=allways",
    ],
    found: ["11 error value/enumeration"],
  },
  {
    what: "words that sed replaces",
    path: "/w/registrar.service.template",
    lines: ["[Service]", "ExecStart=REGISTRARDIR/registrar", "TimeoutSec=soon"],
    found: ["3 error value/time-span"],
  },
  {
    what: "branches of Terraform in Butane",
    path: "/w/worker.yaml",
    lines: [
      "variant: flatcar",
      "version: 1.0.0",
      "systemd:",
      "  units:",
      "    - name: kubelet.service",
      "      contents: |",
      "        [Service]",
      "        Environment=IMAGE=a",
      "        ExecStart=/usr/bin/docker run \\",
      "          $${IMAGE} \\",
      "          %{ if provider != null ~}",
      `          --provider=\${provider} \\`,
      "          %{ endif ~}",
      "          --last",
      "        Restart=allways",
    ],
    found: ["15 error value/enumeration"],
  },
  {
    what: "here-documents into a variable, of podman and of networkd",
    path: "/w/install.sh",
    lines: [
      'SERVICE_PATH="/etc/systemd/system/x.service"',
      'cat <<EOF >"$SERVICE_PATH"',
      "[Service]",
      "ExecStart=/usr/bin/x",
      "Restart=unless-stopped",
      "EOF",
      "cat <<EOF >/etc/containers/systemd/p.container",
      "[Container]",
      "Image=docker.io/library/a:1",
      "Foo=1",
      "EOF",
      "cat <<EOF >/etc/systemd/network/p.network",
      "[Match]",
      "Name=a",
      "[Network]",
      "DHCP=always",
      "EOF",
    ],
    found: ["5 error value/enumeration", "10 error quadlet/unknown-key", "16 error value/enumeration"],
  },
  {
    what: "a task of Ansible that copies a text",
    path: "/w/playbook.yml",
    lines: [
      "- hosts: all",
      "  tasks:",
      "    - copy:",
      "        dest: /etc/systemd/system/low-noise.service",
      "        content: |",
      "          [Unit]",
      "          Descriptio=Less noise",
      "          [Service]",
      "          ExecStart=/usr/bin/x",
      "        mode: '0644'",
    ],
    found: ["7 error directive/unknown"],
  },
  {
    what: "a template of a role that only adds to a service",
    path: "/w/roles/ban/templates/ban.service.j2",
    lines: ["[Service]", "LimitNOFILE=many"],
    found: ["2 error value/number"],
  },
  {
    what: "a template of a quadlet",
    path: "/w/roles/a/templates/a@.container.j2",
    lines: [
      "[Container]",
      '{% if stage == "review" %}',
      "Image=registry.example/a:%i",
      "{% else %}",
      "Image=registry.example/a:{{ tag }}",
      "{% endif %}",
      "Volume={{ dir }}:/var/lib/a",
      "Foo=1",
    ],
    found: ["8 error quadlet/unknown-key"],
  },
  {
    what: "a template of a network device",
    path: "/w/roles/bond/templates/bond.netdev.j2",
    lines: [
      "{% import 'macros.j2' as macros %}",
      "[NetDev]",
      "Name={{ bond.name }}",
      "Kind=bond",
      '{% if "bond" in bond -%}',
      "[Bond]",
      "{{ macros.lines(bond.bond) }}",
      "Mode=fast",
      "{% endif %}",
    ],
    found: ["8 error value/enumeration"],
  },
  {
    what: "a folder of users beside that of the system",
    path: "/w/user/a.service",
    beside: { "/w/system/b.service": "[Service]\nExecStart=/bin/b\n" },
    lines: ["[Service]", "ExecStart=/bin/a", "User=daemon"],
    found: ["3 warning sandbox/user-rights"],
  },
  { what: "a file of Portage", path: "/w/packages.build", lines: ["# Of Portage", ""], found: [] },
  {
    what: "a service of NixOS that says itself when it starts",
    path: "/w/prefetch.nix",
    lines: [
      "{",
      '  systemd.timers.prefetch.timerConfig.Persistent = "yes";',
      "  systemd.services.prefetch = {",
      '    startAt = "hourly";',
      '    script = "true";',
      '    serviceConfig.CPUSchedulingPolicy = "idel";',
      "  };",
      "}",
    ],
    found: ["6 error value/enumeration"],
  },
  {
    what: "a key of [Service] that breaks a container",
    path: "/w/user.container",
    lines: ["[Container]", "Image=localhost/a", "User=1000", "[Service]", "User=1000"],
    found: ["5 warning quadlet/service-user"],
  },
  {
    what: "updates that no podman knows",
    path: "/w/wait.container",
    lines: ["[Container]", "Image=localhost/{{ .Image }}:{{ .Tag }}", "AutoUpdate=none"],
    found: ["3 warning quadlet/value"],
  },
  {
    what: "accounting, which old systemds need",
    path: "/w/etc/systemd/system/kubelet.service",
    lines: ["[Service]", "ExecStart=/usr/bin/kubelet", "CPUAccounting=true", "Restart=allways"],
    found: ["3 info directive/ignored", "4 error value/enumeration"],
  },
];

/** A unit in a here-document whose backslash the shell keeps. */
const ESCAPED =
  "cat <<'EOF' >/etc/systemd/system/a.service\n[Service]\nExecStart=/bin/a\nExecReload=/bin/kill \\$MAINPID\nEOF\n";

describe("cli: forms of public repositories", () => {
  it("keep an escaped variable until the reader wants another one", () => {
    const fixed = (option: string): string => {
      const host = memoryHost({ "/w/a.sh": ESCAPED });
      runOver(host, "check", "--profile", "off", option, "/w/a.sh");
      return String(host.files.get("/w/a.sh"));
    };
    assert.deepEqual(found({ "/w/a.sh": ESCAPED }, "/w/a.sh"), ["4 warning value/command"]);
    assert.equal(fixed("--fix"), ESCAPED);
    assert.equal(fixed("--unsafe-fixes"), ESCAPED.replace("\\$", "$"));
  });

  it("are found in a folder, and pass by default where all that is said is that a unit was not read", () => {
    const script = 'cat > "$1" <<EOF\n[Service]\nExecStart=/bin/a\nEOF\n';
    const { stdout, status } = runOver(memoryHost({ "/w/a.sh": script, "/w/b.sh": "echo\n" }), "check", "/w");
    assert.match(stdout, /^\/w\/a\.sh:1:1: info: Unit not checked: only the script knows .* \[syntax\/not-read\]\n/);
    assert.match(stdout, /^1 file: /m);
    assert.equal(status, 0);
  });

  it("say of an encrypted file that it is one, and nothing else", () => {
    const files = { "/w/a.service": "\0GITCRYPT\0\u0001\u0002[Service]\nFoo=1\n", "/w/b.network": "\0GITCRYPT\0" };
    for (const path of Object.keys(files)) {
      const { stdout, stderr } = runOver(memoryHost(files), "check", path);
      assert.doesNotMatch(stdout, /error|warning/);
      assert.match(stderr, /encrypted file, which systemd reads once it is decrypted\n$/);
    }
  });

  for (const { what, path, lines, found: expected, beside = {} } of CASES)
    it(`are judged where they are certain: ${what}`, () => {
      assert.deepEqual(found({ ...beside, [path]: `${lines.join("\n")}\n` }, path), expected);
    });
});
