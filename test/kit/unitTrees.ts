import { dropInFolders } from "../../server/src/families/unitFiles/dropIns.ts";
import type { SeenFile } from "../../server/src/units/index/unitIndex.ts";
import { type Random, random } from "./random.ts";

/** Files of one made-up unit, and the names under which it is asked for. */
export interface UnitTree {
  readonly files: readonly SeenFile[];
  readonly names: readonly string[];
}

type Kind = "service" | "timer" | "path" | "socket" | "target";

/** Load path folders that a reload leaves as they are, the strongest first. */
const FOLDERS = [
  "/etc/systemd/system.control",
  "/etc/systemd/system",
  "/etc/systemd/system.attached",
  "/run/systemd/system",
  "/usr/local/lib/systemd/system",
  "/usr/lib/systemd/system",
];
const DROP_INS = ["10-a.conf", "20-b.conf", "30-c.conf", "5.conf", "Z.conf", "50-type.conf", "60-kind.conf"];
const KINDS: readonly Kind[] = ["service", "service", "service", "service", "timer", "path", "socket", "target"];

/** Settings with values that systemd takes, resets and such as it drops; `#` becomes a number. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  Unit: [
    ...["Description=number # of %n", "Description=", "Description=%Q#", "Documentation=man:a#(1) man:b#(1)"],
    ...["Documentation=", "Wants=w#.target", "Wants=", "After=a#.target", "JobTimeoutSec=", "StopWhenUnneeded=yes"],
  ],
  Service: [
    ...["ExecStart=/bin/echo # %n", "ExecStart=", "ExecStartPre=/bin/echo #", "ExecStartPre=", "ExecStartPre=bin/no#"],
    ...["Environment=E#=#", "Environment=", "User=u#", "User=", "Nice=1", "Nice=2", "Nice=99", "Nice="],
    ...["ReadWritePaths=/rw#", "ReadWritePaths=", "SyslogIdentifier=s#", "SyslogIdentifier=", "LimitNOFILE=#"],
    ...["LimitNOFILE=", "TimeoutStopSec=7", "TimeoutStartSec=8", "TimeoutSec=9", "TimeoutSec=", "TimeoutStopSec=x"],
    ...["ProtectSystem=full", "ProtectSystem=maybe", "ProtectSystem=", "Restart=on-failure", "Restart=on-abort"],
    ...["Restart=", "BindPaths=/b#", "BindReadOnlyPaths=/c#", "BindPaths=", "UnknownThing=1", "KillMode=mixed"],
  ],
  Timer: [
    ...["OnCalendar=daily", "OnCalendar=", "OnCalendar=weekly", "OnActiveSec=5", "OnActiveSec=", "OnBootSec=6"],
    ...[
      "Unit=first#.service",
      "Unit=second#.service",
      "AccuracySec=3",
      "AccuracySec=",
      "Persistent=yes",
      "Persistent=x",
    ],
  ],
  Path: [
    ...["PathExists=/p#", "PathChanged=/q#", "PathExists=", "DirectoryNotEmpty=/d#", "Unit=first#.service"],
    ...["Unit=second#.service", "MakeDirectory=yes", "MakeDirectory=", "DirectoryMode=0700"],
  ],
  Socket: [
    ...["ListenStream=/run/s#", "ListenDatagram=/run/d#", "ListenStream=", "SocketUser=a#", "SocketUser=", "Backlog=#"],
    ...["Backlog=x", "Backlog=", "FileDescriptorName=f#", "FileDescriptorName="],
  ],
};

const OWN: Readonly<Record<Kind, string>> = {
  service: "Service",
  timer: "Timer",
  path: "Path",
  socket: "Socket",
  target: "Unit",
};
const BASE: Readonly<Record<Kind, string>> = {
  service: "[Service]\nType=oneshot\nExecStart=/bin/true\n",
  timer: "[Timer]\nOnBootSec=1h\n",
  path: "[Path]\nPathExists=/base\n",
  socket: "[Socket]\nListenStream=/run/base\n",
  target: "[Unit]\n",
};

/** Drop-ins of all units of a kind, which every tree meets. */
export function kindDropIns(seed: number): readonly SeenFile[] {
  const chance = random(seed);
  const kinds = Object.keys(OWN) as Kind[];
  return kinds.flatMap((kind) => [
    { path: `/usr/lib/systemd/system/${kind}.d/50-type.conf`, text: textOf(chance, kind).replaceAll("%n", "%%n") },
    { path: `/etc/systemd/system/${kind}.d/60-kind.conf`, text: textOf(chance, kind).replaceAll("%n", "%%n") },
    { path: `/usr/lib/systemd/system/${kind}.d/60-kind.conf`, text: textOf(chance, kind).replaceAll("%n", "%%n") },
  ]);
}

/** A made-up unit with drop-ins, masks and aliases all over the load path; no two numbers share a name. */
export function unitTree(number: number): UnitTree {
  const chance = random(number);
  const kind = chance.pick(KINDS);
  const stem = `u${number}${chance.pick(["", "-a", "-a-b", "-a-b-c", "-a--b", "\\x2da", ".x-y"])}`;
  const template = chance.chance(0.35);
  const name = `${stem}${template ? "@" : ""}.${kind}`;
  const instances = template ? [`${stem}@i.${kind}`, `${stem}@k-l.${kind}`] : [];
  const alias = chance.chance(0.35) ? `v${number}-x${template ? "@" : ""}.${kind}` : undefined;
  const files = new Map<string, SeenFile>();
  // What %n gives depends on the name that the unit was asked for first.
  const add = (path: string, content: Omit<SeenFile, "path">): void => {
    const { text } = content;
    const said = alias === undefined || text === undefined ? content : { text: text.replaceAll("%n", "%%n") };
    if (!files.has(path)) files.set(path, { path, ...said });
  };
  const place = (): string => chance.pick(FOLDERS);
  for (let i = chance.below(2); i >= 0; i--) {
    const masks = chance.chance(0.06);
    add(`${place()}/${name}`, masks ? mask(chance) : { text: BASE[kind] + textOf(chance, kind) });
  }
  const [first] = instances;
  if (first && chance.chance(0.3))
    add(`${place()}/${first}`, chance.chance(0.2) ? mask(chance) : { text: BASE[kind] + textOf(chance, kind) });
  if (alias !== undefined) {
    const folder = place();
    const target = chance.pick([name, `${folder}/${name}`, `${chance.pick(FOLDERS)}/${name}`]);
    add(`${folder}/${alias}`, { link: target });
  }
  const known = [name, ...instances, ...(alias === undefined ? [] : [alias, alias.replace("@.", "@i.")])];
  for (let i = chance.below(8); i > 0; i--) {
    const folders = dropInFolders(chance.pick(known)).slice(0, -1);
    const path = `${place()}/${chance.pick(folders)}/${chance.pick(DROP_INS)}`;
    add(path, chance.chance(0.12) ? mask(chance) : { text: textOf(chance, kind) });
  }
  const names = template ? [...instances, ...(alias === undefined ? [] : [alias.replace("@.", "@i.")])] : known;
  return { files: [...files.values()], names: [...new Set(names)] };
}

const mask = (chance: Random): Omit<SeenFile, "path"> => (chance.chance(0.5) ? { link: "/dev/null" } : { text: "" });

function textOf(chance: Random, kind: Kind): string {
  const section = chance.chance(0.4) ? "Unit" : OWN[kind];
  const lines = Array.from({ length: 1 + chance.below(4) }, () => chance.pick(LINES[section] ?? []));
  return `[${section}]\n${lines.map((it) => `${it.replaceAll("#", () => `${chance.below(90) + 10}`)}\n`).join("")}`;
}
