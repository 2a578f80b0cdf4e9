import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { type Conversion, optionAndValue, type PodmanCommand } from "./conversion.ts";
import type { SourceItem } from "./sources.ts";

/** A port or a range, looked for at the end only: what stands before it is not looked at. */
const PORT_AT_END = /\d(?:\/udp|\/tcp)?$/;

/** ExposeHostPort=. */
export function addExposedPorts({ own, version, refuse }: Conversion, command: PodmanCommand): void {
  for (const { text, origin } of own.lines("ExposeHostPort")) {
    const port = text.trim();
    if (!PORT_AT_END.test(port)) refuse("port", port, origin);
    command.take(origin, ...optionAndValue(version, "--expose", port));
  }
}

/** PublishPort=: the ports of the host that lead to those of the container. */
export function addPublishedPorts(conversion: Conversion, command: PodmanCommand): void {
  for (const it of conversion.own.lines("PublishPort")) {
    const port = podmanDoes(conversion.version, "takes any published port") ? it.text : checkedPort(conversion, it);
    command.take(it.origin, "--publish", port);
  }
}

/** What older versions make of `ADDRESS:HOST:CONTAINER`, of which the first two may be missing. */
function checkedPort({ refuse }: Conversion, { text, origin }: SourceItem): string {
  const fields = fieldsOf(text.trim());
  const [container = "", host = "", address = ""] = fields.toReversed();
  if (fields.length > 3) refuse("port", text, origin);
  for (const it of [host, container]) if (it !== "" && !PORT_AT_END.test(it)) refuse("port", it, origin);
  const from = address === "0.0.0.0" ? "" : address;
  if (from !== "") return `${from}:${host}:${container}`;
  return host === "" ? container : `${host}:${container}`;
}

/** The fields between colons; those in brackets are part of an address. */
function fieldsOf(text: string): string[] {
  const fields: string[] = [];
  let start = 0;
  let inside = false;
  for (let at = 0; at <= text.length; at++) {
    const char = text.charAt(at);
    if (char === "[") inside = true;
    if (char === "]") inside = false;
    if (at < text.length && (char !== ":" || inside)) continue;
    fields.push(text.slice(start, at));
    start = at + 1;
  }
  return fields;
}
