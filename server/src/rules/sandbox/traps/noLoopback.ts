import type { Rule } from "../../../findings/rule.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { type Program, programsOf } from "../../../service/program.ts";
import { valuesOf } from "../../../service/settings.ts";
import { splitWords } from "../../../syntax/words.ts";
import { memo } from "../../../units/memo.ts";

/** Follows systemd.resource-control(5) of 257 and 262, which leave the loopback interface to the list as any other. */
export const noLoopback: Rule = {
  code: "sandbox/no-loopback",
  needs: ["RestrictNetworkInterfaces"],
  *check(unit) {
    const values = systemService(unit) ? valuesOf(unit, "RestrictNetworkInterfaces") : [];
    if (values.length === 0 || !leavesLoopbackOut(values)) return;
    const node = ownLast(unit, "RestrictNetworkInterfaces");
    const who = namesLocalhost(programsOf(unit))
      ? "a command"
      : valuesOf(unit, "IPAddressAllow").some((it) => LOCAL_NET.test(it))
        ? "IPAddressAllow="
        : undefined;
    if (!node || who === undefined || node.text.startsWith("~")) return;
    const end = node.valueSpan.end;
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `RestrictNetworkInterfaces= does not name lo, and so drops all packets to and from localhost, which ${who} names`,
      directive: "RestrictNetworkInterfaces",
      fixes: [{ title: "Add lo", safe: false, edits: () => [{ start: end, end, newText: " lo" }] }],
    };
  },
};

/** Whether the lines make an allow list, by their first one, that has other interfaces alone. */
const leavesLoopbackOut = memo((values: readonly string[]): boolean => {
  if (values[0]?.startsWith("~")) return false;
  const allowed = new Set<string>();
  for (const value of values) {
    const inverted = value.startsWith("~");
    for (const { value: name } of splitWords(inverted ? value.slice(1) : value, "plain").words) {
      if (inverted) allowed.delete(name);
      else allowed.add(name);
    }
  }
  return allowed.size > 0 && !allowed.has("lo");
});

const LOCALHOST = /(?:^|[=@/,])(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?=[:/,]|$)/;
const LOCAL_NET = /(?:^|\s)(?:localhost|127(?:\.\d{1,3}){3}(?:\/\d+)?|::1(?:\/128)?)(?=\s|$)/;

const namesLocalhost = memo((programs: readonly Program[]): boolean =>
  programs.some(({ args }) => args.some((it) => LOCALHOST.test(it.slice(0, MAX_WORD)))),
);

/** Longer words are no addresses. */
const MAX_WORD = 500;
