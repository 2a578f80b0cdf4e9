import { memo } from "../../units/memo.ts";
import { readUnit } from "../../units/readUnit.ts";
import type { Unit } from "../../units/unit.ts";

/** What the generator adds to every container, as far as it decides the exposure; the command's words do not. */
const OF_PODMAN = `[Service]
Delegate=yes
Type=notify
NotifyAccess=all
ExecStart=/usr/bin/podman run
`;

/**
 * The service that podman's generator makes of a .container file, as far as systemd's exposure depends on it: the lines of
 * [Service] and what the generator adds after them.
 */
export const podmanService: (unit: Unit) => Unit = memo((unit: Unit) => {
  const { file, dropIns, version, path } = unit;
  const name = `${(path.name ?? "x").replace(/\.container$/, "")}.service`;
  const service = { kind: "service", role: "unit", name, scope: path.scope } as const;
  return readUnit(service, file.text, version, { dropIns: [...dropIns.map((it) => it.text), OF_PODMAN] });
});
