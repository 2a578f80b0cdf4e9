import type { Finding } from "./finding.ts";

/** The message of a finding with something more, before what it says of allowed values. */
export function withRemark({ message, ending }: Finding, remark: string): string {
  const allowed = ending?.allowed ?? "";
  return `${message.slice(0, message.length - allowed.length)}; ${remark}${allowed}`;
}
