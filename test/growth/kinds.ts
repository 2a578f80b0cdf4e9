/** Texts that are about as long as is wanted, by the kind of file, with the path of one. */
interface GrownKind {
  readonly path: string;
  readonly make: (characters: number) => string;
}

/** A text of pieces between a begin and an end, as many as give so many characters. */
const grown =
  (piece: (i: number) => string, begin = "", end = ""): GrownKind["make"] =>
  (characters) => {
    let text = begin;
    for (let i = 0; text.length < characters; i++) text += piece(i);
    return text + end;
  };

const kind = (path: string, piece: (i: number) => string, begin = "", end = ""): GrownKind => ({
  path,
  make: grown(piece, begin, end),
});

const RUN = "[Service]\nExecStart=/usr/bin/x\n";
const SERVICE = (i: number): string => `[Service]\nExecStart=/usr/bin/a${i}\nMemoryLimit=1G\n`;
const indented = (text: string, by: string): string => text.replace(/^(?=.)/gm, by);

/** Files of one unit, quadlet or configuration. */
export const UNIT_KINDS_GROWN: Readonly<Record<string, GrownKind>> = {
  service: kind("/etc/systemd/system/x.service", (i) => `Environment=A${i}=1\nReadWritePaths=/srv/d${i}\n`, RUN),
  "service of wrong lines": kind("/etc/systemd/system/x.service", () => "A=b\n", RUN),
  "service of headers": kind("/etc/systemd/system/x.service", () => "[Service]\n", RUN),
  "service of sections": kind("/etc/systemd/system/x.service", (i) => `[Service]\nFoo${i}=b\n`, RUN),
  "service of blank lines": kind("/etc/systemd/system/x.service", () => "\n", RUN),
  timer: kind("/etc/systemd/system/x.timer", () => 'OnCalendar="daily"\n', "[Timer]\n"),
  "timer of equal lines": kind("/etc/systemd/system/x.timer", () => "OnCalendar=daily\n", "[Timer]\n"),
  "drop-in": kind("/etc/systemd/system/x.service.d/a.conf", (i) => `Environment=A${i}=b\n`, "[Service]\n"),
  template: kind("/u/x.service.j2", (i) => `Environment=A{{ x${i} }}=b\n`, RUN),
  "template of autotools": kind("/u/x.service.in", (i) => `Environment=A@x${i}@=b\n`, RUN),
  network: kind(
    "/etc/systemd/network/10-x.network",
    (i) => `[Route]\nDestination=10.${(i >> 8) & 255}.${i & 255}.0/24\nGateway=10.0.0.1\n`,
    "[Match]\nName=eth0\n",
  ),
  socket: kind("/etc/systemd/system/x.socket", (i) => `ListenStream=/run/x/${i}\n`, "[Socket]\n"),
  mount: kind("/etc/systemd/system/srv-x.mount", (i) => `Options=a${i}\n`, "[Mount]\nWhat=/dev/sda1\nWhere=/srv/x\n"),
  path: kind("/etc/systemd/system/x.path", (i) => `PathExists=/srv/d${i}\n`, "[Path]\n"),
  target: kind("/etc/systemd/system/x.target", (i) => `Wants=a${i}.service\nAfter=b${i}.service\n`, "[Unit]\n"),
  netdev: kind(
    "/etc/systemd/network/10-x.netdev",
    (i) =>
      `[WireGuardPeer]\nPublicKey=${btoa(`${i}`.padEnd(32, "x"))}\nAllowedIPs=10.${(i >> 8) & 255}.${i & 255}.0/24\n`,
    "[NetDev]\nName=x0\nKind=wireguard\n",
  ),
  link: kind("/etc/systemd/network/10-x.link", (i) => `AlternativeName=a${i}\n`, "[Match]\nOriginalName=*\n[Link]\n"),
  nspawn: kind("/etc/systemd/nspawn/x.nspawn", (i) => `Bind=/a${i}:/b${i}\n`, "[Files]\n"),
  repart: kind("/usr/lib/repart.d/10-x.conf", (i) => `CopyFiles=/a${i}:/b${i}\n`, "[Partition]\nType=root\n"),
  journald: kind("/etc/systemd/journald.conf", (i) => `SystemMaxUse=${i + 1}M\n`, "[Journal]\n"),
  resolved: kind("/etc/systemd/resolved.conf", (i) => `DNS=10.0.${(i >> 8) & 255}.${i & 255}\n`, "[Resolve]\n"),
  manager: kind("/etc/systemd/system.conf", (i) => `DefaultEnvironment=A${i}=b\n`, "[Manager]\n"),
  pod: kind("/etc/containers/systemd/x.pod", (i) => `Volume=/a${i}:/b${i}\n`, "[Pod]\n"),
  kube: kind("/etc/containers/systemd/x.kube", (i) => `ConfigMap=a${i}.yaml\n`, "[Kube]\nYaml=a.yaml\n"),
  "quadlet network": kind("/etc/containers/systemd/x.network", (i) => `DNS=10.0.${i & 255}.1\n`, "[Network]\n"),
  volume: kind("/etc/containers/systemd/x.volume", (i) => `Label=a${i}=b\n`, "[Volume]\n"),
  image: kind(
    "/etc/containers/systemd/x.image",
    (i) => `PodmanArgs=--a=${i}\n`,
    "[Image]\nImage=docker.io/library/app\n",
  ),
  build: kind("/etc/containers/systemd/x.build", (i) => `Label=a${i}=b\n`, "[Build]\nImageTag=localhost/x\nFile=./x\n"),
  quadlets: kind(
    "/etc/containers/systemd/x.quadlets",
    (i) => `# FileName=a${i}\n[Container]\nImage=docker.io/library/app\n---\n`,
  ),
  container: kind(
    "/etc/containers/systemd/x.container",
    (i) => `Volume=/a${i}:/b${i}\n`,
    "[Container]\nImage=docker.io/library/app\n",
  ),
};

/** Files of other languages with many units in them. */
export const HOST_KINDS_GROWN: Readonly<Record<string, GrownKind>> = {
  Nix: kind(
    "/u/x.nix",
    (i) => `  systemd.services.a${i}.serviceConfig = { ExecStart = "/usr/bin/a${i}"; MemoryLimit = "1G"; };\n`,
    "{\n",
    "}\n",
  ),
  Ignition: {
    path: "/u/x.ign",
    make: (characters) => {
      const units = Array.from({ length: Math.max(1, Math.round(characters / 120)) }, (_, i) => ({
        name: `a${i}.service`,
        contents: SERVICE(i),
      }));
      return JSON.stringify({ ignition: { version: "3.4.0" }, systemd: { units } }, undefined, 1);
    },
  },
  "cloud-init": kind(
    "/u/user-data",
    (i) => `- path: /etc/systemd/system/a${i}.service\n  content: |\n${indented(SERVICE(i), "    ")}`,
    "#cloud-config\nwrite_files:\n",
  ),
  Butane: kind(
    "/u/x.bu",
    (i) => `    - name: a${i}.service\n      contents: |\n${indented(SERVICE(i), "        ")}`,
    "variant: fcos\nversion: 1.5.0\nsystemd:\n  units:\n",
  ),
  Ansible: kind(
    "/u/tasks.yml",
    (i) => `- copy:\n    dest: /etc/systemd/system/a${i}.service\n    content: |\n${indented(SERVICE(i), "      ")}`,
  ),
  Dockerfile: kind(
    "/u/Dockerfile",
    (i) => `RUN cat > /etc/systemd/system/a${i}.service <<'EOF'\n${SERVICE(i)}EOF\n`,
    "FROM debian\n",
  ),
  script: kind("/u/x.sh", (i) => `cat > /etc/systemd/system/a${i}.service <<'EOF'\n${SERVICE(i)}EOF\n`, "#!/bin/sh\n"),
  Puppet: kind(
    "/u/x.pp",
    (i) =>
      `file { '/etc/systemd/system/a${i}.service':\n  content => @(END),\n${indented(SERVICE(i), "    ")}    | END\n}\n`,
  ),
  Markdown: kind("/u/x.md", (i) => `\`\`\`ini\n${SERVICE(i)}\`\`\`\n`),
};
