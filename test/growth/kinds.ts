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
  "drop-in": kind("/etc/systemd/system/x.service.d/a.conf", (i) => `Environment=A${i}=b\n`, "[Service]\n"),
  template: kind("/etc/systemd/system/x.service.j2", (i) => `Environment=A{{ x${i} }}=b\n`, RUN),
  network: kind(
    "/etc/systemd/network/10-x.network",
    (i) => `[Route]\nDestination=10.${(i >> 8) & 255}.${i & 255}.0/24\nGateway=10.0.0.1\n`,
    "[Match]\nName=eth0\n",
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
  script: kind("/u/x.sh", (i) => `cat > /etc/systemd/system/a${i}.service <<'EOF'\n${SERVICE(i)}EOF\n`, "#!/bin/sh\n"),
  Puppet: kind("/u/x.pp", (i) => `file { '/etc/systemd/system/a${i}.service':\n  content => "${SERVICE(i)}",\n}\n`),
  Markdown: kind("/u/x.md", (i) => `\`\`\`ini\n${SERVICE(i)}\`\`\`\n`),
};
