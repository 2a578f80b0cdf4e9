import { NO_WORLD, type World } from "../../server/src/features/world.ts";

/** A world with a few files, users and programs; noon of 24 November 2026 in Berlin. */
export const SOME_WORLD: World = {
  ...NO_WORLD,
  units: (kinds) =>
    (
      [
        { name: "own.service", home: "own", folder: "/work", description: "The shop's *own* service" },
        { name: "job@.service", home: "workspace", folder: "/work/job/units" },
        { name: "network.target", home: "machine", folder: "/usr/lib/systemd/system" },
        { name: "ssh.service", home: "machine", folder: "/etc/systemd/system" },
      ] as const
    ).filter(({ name }) => !kinds || kinds.some((kind) => name.endsWith(`.${kind}`))),
  description: (unit) => (unit === "own.service" ? "The shop's *own* service" : undefined),
  users: () => [
    { name: "root", id: 0 },
    { name: "www-data", id: 33 },
  ],
  groups: () => [
    { name: "root", id: 0 },
    { name: "adm", id: 4 },
  ],
  interfaces: () => ["lo", "eth0"],
  programs: () => [
    { name: "shop", path: "/work/bin/shop", home: "workspace" },
    ...["cat", "ls", "lsblk", "node"].map((name) => ({ name, path: `/usr/bin/${name}`, home: "machine" }) as const),
  ],
  programEntries: (folder) =>
    folder === "/opt/"
      ? [
          { name: "run", folder: false },
          { name: "app", folder: true },
        ]
      : [],
  entries: (folder) =>
    folder === "/etc/"
      ? [
          { name: "ssh", folder: true },
          { name: "hosts", folder: false },
        ]
      : folder === "/var/lib/"
        ? [{ name: "app", folder: true }]
        : [],
  now: () => Date.UTC(2026, 10, 24, 11),
  zone: "Europe/Berlin",
};
