import { CAPABILITIES } from "../facts/capabilities.ts";
import { nearest, nearestEnding } from "../text/nearest.ts";
import type { Span } from "../text/span.ts";
import type { DetailKind } from "./needRow.ts";
import type { StatedNeed } from "./statements.ts";
import { NEEDS, needNamed } from "./vocabulary.ts";

/** What is wrong with a word of a statement, so that it does not count. */
export interface StatementIssue extends Span {
  readonly message: string;
  /** Words that may be meant in place of what stands there. */
  readonly instead: readonly string[];
}

const DETAILS: Readonly<Record<DetailKind, { readonly form: RegExp; readonly text: string }>> = {
  device: { form: /^(?:\/dev\/[^"'\\]+|(?:char|block)-[\w.-]+)$/, text: "a device such as /dev/ttyUSB0 or char-input" },
  path: { form: /^\/[^"'\\]+$/, text: "an absolute path such as /srv/shop" },
  family: { form: /^AF_[A-Z0-9_]+$/, text: "an address family such as AF_BLUETOOTH" },
  capability: { form: /^CAP_[A-Z_]+$/, text: "a capability such as CAP_NET_ADMIN" },
  address: {
    form: /^[0-9a-fA-F.:]+(?:\/\d{1,3})?$|^(?:localhost|link-local|multicast)$/,
    text: "an address such as 10.0.0.0/8",
  },
  port: {
    form: /^(?:ipv[46]:)?(?:(?:tcp|udp):)?(?!0)\d{1,5}(?:-(?!0)\d{1,5})?$/,
    text: "a port such as 8080 or tcp:8000-8010",
  },
  call: { form: /^@?[a-z0-9_-]+$/, text: "a system call or a group such as @mount" },
};

/** What is wrong with what is stated of a need, word by word. */
export function statementIssues(stated: StatedNeed): readonly StatementIssue[] {
  const { name, says, details } = stated;
  const need = needNamed(name.text);
  const { start, end } = name;
  if (!need) {
    const near = nearest(
      name.text,
      NEEDS.map((it) => it.name),
    );
    return [
      { start, end, message: `Unknown need "${name.text}" in a statement${nearestEnding(near[0], "")}`, instead: near },
    ];
  }
  if (!details) return [];
  const whole = { start: stated.start, end: stated.end, instead: [need.name] };
  if (says === "no")
    return [{ ...whole, message: `Statement "no ${need.name}" takes no details: it means all of them` }];
  const { detail } = need;
  if (detail === undefined) return [{ ...whole, message: `Statement "needs ${need.name}" takes no details` }];
  const { form, text } = DETAILS[detail];
  if (details.length === 0)
    return [{ ...whole, message: `Statement "needs ${need.name}=" names nothing; it takes ${text}` }];
  return details
    .filter((it) => !form.test(it.text) || (detail === "capability" && !CAPABILITIES.includes(it.text)))
    .map((it) => ({
      start: it.start,
      end: it.end,
      message: `Invalid detail "${it.text}" in a statement; ${need.name}= takes ${text}`,
      instead: [],
    }));
}
