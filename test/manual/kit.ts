import assert from "node:assert/strict";
import { openPage, type PageSource } from "../../server/src/manual/source.ts";

/** The roff of a page of ours in the shape of systemd's; content before the first `.SH` is put into one. */
export function page(content: string, notes = "", name = "systemd.own"): string {
  const body = content.startsWith(".SH") ? content : `.SH "OPTIONS"\n${content}`;
  return `'\\" t\n.TH "${name.toUpperCase().replaceAll(".", "\\&.")}" "5" "" "systemd 300.1" "${name}"\n.nh\n.SH "NAME"\n${name} \\- Own things\n${body}\n${notes}`;
}

/** A page that can be read. */
export function source(roff: string): PageSource {
  const opened = openPage(roff);
  assert.ok(typeof opened !== "string", String(opened));
  return opened;
}

/** An entry of a variable list. */
export function entry(terms: string, body: string): string {
  return `.PP\n${terms}\n.RS 4\n${body}${body.endsWith("\n") ? "" : "\n"}.RE\n`;
}

/** An item of a list, numbered or not. */
export function bullet(body: string, number?: string): string {
  const [terminal, ip] = number
    ? [`\\h'-04' ${number}\\h'+01'\\c`, `"  ${number}" 4.2`]
    : ["\\h'-04'\\(bu\\h'+03'\\c", "\\(bu 2.3"];
  return `.sp\n.RS 4\n.ie n \\{\\\n${terminal}\n.\\}\n.el \\{\\\n.sp -1\n.IP ${ip}\n.\\}\n${body}\n.RE\n`;
}

/** Lines to keep. */
export function code(lines: string): string {
  return `.sp\n.if n \\{\\\n.RS 4\n.\\}\n.nf\n${lines}\n.fi\n.if n \\{\\\n.RE\n.\\}\n`;
}
