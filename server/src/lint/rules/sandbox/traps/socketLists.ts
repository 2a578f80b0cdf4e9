import { dropInsOf, fragmentOf } from "../../../../units/index/lookup.ts";
import { mergedAssignments } from "../../../../units/unit.ts";
import { parseBoolean } from "../../../../values/boolean.ts";
import { parseUnitName } from "../../../../values/unitName.ts";
import type { Rule, Surroundings } from "../../../rule.ts";
import { ownLast, systemService } from "../rights/subject.ts";

/** Seen with 257: a service with IPAddressDeny=any answers over the socket that it is started by. */
export const socketLists: Rule = {
  code: "sandbox/socket-lists",
  title: "IPAddressDeny= beside a socket without it",
  why: "The lists of a service count for the sockets that it opens itself. Those that a socket unit opens and passes in go by the lists of the socket unit: to keep others away from the service, they belong there, or into both.",
  page: "systemd.resource-control(5)",
  bad: {
    path: "echo.service",
    text: "[Service]\nExecStart=/usr/bin/echod\nIPAddressDeny=any\n",
    beside: { "echo.socket": "[Socket]\nListenStream=127.0.0.1:7777\n" },
  },
  good: {
    path: "echo.service",
    text: "[Service]\nExecStart=/usr/bin/echod\nIPAddressDeny=any\n",
    beside: { "echo.socket": "[Socket]\nListenStream=127.0.0.1:7777\nIPAddressDeny=any\n" },
  },
  silent: [
    {
      path: "echo.service",
      text: "[Service]\nExecStart=/usr/bin/echod\nIPAddressDeny=any\n",
      beside: { "echo.socket": "[Socket]\nListenStream=/run/echo.sock\n" },
    },
    { path: "echo.service", text: "[Service]\nExecStart=/usr/bin/echod\nIPAddressDeny=any\n" },
    {
      path: "echo.service",
      text: "[Service]\nExecStart=/usr/bin/echod\nIPAddressDeny=any\nSlice=closed.slice\n",
      beside: { "echo.socket": "[Socket]\nListenStream=127.0.0.1:7777\n" },
    },
  ],
  *check(unit, around) {
    const subject = around && systemService(unit);
    if (!subject || subject.settings.ipDeny.count === 0) return;
    if (mergedAssignments(unit, subject.section, "Slice").length > 0) return;
    const node = ownLast(subject, "IPAddressDeny");
    const socket = node && openSocket(around, unit.path.name ?? "");
    if (!socket) return;
    yield {
      ...node.keySpan,
      severity: "info",
      message: `IPAddressDeny= does not hold for the connections that ${socket} passes in: that unit has no such list of its own`,
      directive: "IPAddressDeny",
    };
  },
};

/** The socket unit of the same name, where it listens on a port and lets everybody in. */
function openSocket({ index, path }: Surroundings, service: string): string | undefined {
  const parsed = parseUnitName(service);
  const name = parsed && `${parsed.prefix}.socket`;
  const file = name === undefined ? undefined : fragmentOf(index, name, path);
  if (name === undefined || !file) return undefined;
  // With Accept=yes a socket starts instances of the template, else the service without one.
  if ((parseBoolean(file.settings.Accept ?? "") === true) !== service.includes("@")) return undefined;
  const files = [file, ...dropInsOf(index, name, path)].map((it) => it.settings);
  const listens = files.some((it) => isPort(it.ListenStream) || isPort(it.ListenDatagram));
  return listens && files.every((it) => it.IPAddressDeny === undefined && it.IPAddressAllow === undefined)
    ? name
    : undefined;
}

const isPort = (value: string | undefined): boolean =>
  value !== undefined && /^(?:.*:)?\d+$/.test(value) && !/^[/@]/.test(value);
