/**
 * Runs inside of the box, on standard input of Node.js: `node - CGROUP`. Prints what the processes of a control group listen on,
 * as JSON: TCP and UDP ports that are the same with each start, and sockets by path.
 */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const EPHEMERAL = 32_768;

function processesOf(folder: string): readonly string[] {
  const own = readFileSync(`${folder}/cgroup.procs`, "utf8").split("\n").filter(Boolean);
  const below = readdirSync(folder, { withFileTypes: true }).filter((it) => it.isDirectory());
  return [...own, ...below.flatMap((it) => processesOf(`${folder}/${it.name}`))];
}

function inodesOf(process: string): readonly string[] {
  try {
    return readdirSync(`/proc/${process}/fd`).flatMap((it) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${process}/fd/${it}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

const inodes = new Set(processesOf(`/sys/fs/cgroup${process.argv[2] ?? ""}`).flatMap(inodesOf));

function table(name: string): readonly (readonly string[])[] {
  try {
    const lines = readFileSync(`/proc/net/${name}`, "utf8").split("\n").slice(1);
    return lines.map((it) => it.trim().split(/\s+/));
  } catch {
    return [];
  }
}

function ports(names: readonly string[], state: string): readonly number[] {
  const found = names.flatMap(table).flatMap((columns) => {
    const port = Number.parseInt(columns[1]?.split(":")[1] ?? "", 16);
    return columns[3] === state && inodes.has(columns[9] ?? "") && port < EPHEMERAL ? [port] : [];
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

const sockets = table("unix").flatMap((columns) => {
  const [, , , flags = "", type, , inode = "", path = ""] = columns;
  const listens = (Number.parseInt(flags, 16) & 0x10_000) !== 0 && type === "0001";
  return listens && inodes.has(inode) && path.startsWith("/") && !/\d{3}/.test(path) ? [path] : [];
});

console.log(
  JSON.stringify({
    tcp: ports(["tcp", "tcp6"], "0A"),
    udp: ports(["udp", "udp6"], "07"),
    sockets: [...new Set(sockets)].sort(),
  }),
);
