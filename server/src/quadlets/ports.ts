import type { Conversion, PodmanCommand } from "./conversion.ts";
import type { SourceItem } from "./sources.ts";

/** A port or a range, looked for at the end only: what stands before it is not looked at. */
const PORT_AT_END = /\d+(?:-\d+)?(?:\/udp|\/tcp)?$/;

/** Since 5.3 published ports are not looked at, so that variables can stand for them. */
const TAKES_ANY = 5.3;

/** ExposeHostPort=. */
export function addExposedPorts({ own, version, refuse }: Conversion, command: PodmanCommand): void {
  for (const { text, origin } of own.lines("ExposeHostPort")) {
    const port = text.trim();
    if (!PORT_AT_END.test(port)) refuse("port", port, origin);
    command.take(origin, ...(version < 5.3 ? [`--expose=${port}`] : ["--expose", port]));
  }
}

/** PublishPort=: the ports of the host that lead to those of the container. */
export function addPublishedPorts(conversion: Conversion, command: PodmanCommand): void {
  for (const it of conversion.own.lines("PublishPort")) {
    const port = conversion.version >= TAKES_ANY ? it.text : checkedPort(conversion, it);
    command.take(it.origin, "--publish", port);
  }
}

/** What older versions make of `ADDRESS:HOST:CONTAINER`, of which the first two may be missing. */
function checkedPort({ refuse }: Conversion, { text, origin }: SourceItem): string {
  const parts = text.trim().match(/(?:\[[^\]]*\]|[^:[])*(?::|$)/g) ?? [];
  const fields = parts.slice(0, text.endsWith(":") ? undefined : -1).map((it) => it.replace(/:$/, ""));
  const [container = "", host = "", address = ""] = fields.toReversed();
  if (fields.length > 3) refuse("port", text, origin);
  for (const it of [host, container]) if (it !== "" && !PORT_AT_END.test(it)) refuse("port", it, origin);
  const from = address === "0.0.0.0" ? "" : address;
  if (from !== "") return `${from}:${host}:${container}`;
  return host === "" ? container : `${host}:${container}`;
}
