import { insertAfter } from "../../../../findings/edits.ts";
import type { Fix } from "../../../../findings/finding.ts";
import { podmanOf } from "../../../../units/podman.ts";
import { type SecretVariable, secretVariables } from "../../payload/outsideAnswers.ts";
import { aboutPayload, cutOut } from "./aboutPayload.ts";

/** The podman that brought Secret=. */
const SECRET_SINCE = 4.5;

/** A password in the environment of a container, which podman could keep. */
export const secretVariable = aboutPayload("quadlet/secret", function* (world, unit) {
  for (const it of secretVariables(world))
    yield {
      option: it.option,
      severity: "warning",
      message: `${it.name} stands in the file for everyone who may read it: podman can keep it as a secret`,
      fixes: podmanOf(unit) >= SECRET_SINCE && it.option.node.key === "Environment" ? [asSecret(it)] : [],
    };
});

/** The word goes, and the secret comes; where podman has to get it from the reader creates it. */
function asSecret({ name, option }: SecretVariable): Fix {
  const { file, node, span } = option;
  const secret = name.toLowerCase();
  const line = `Secret=${secret},type=env,target=${name}`;
  const { start, end } = node.valueSpan;
  const isAlone = span.start <= start && span.end >= end;
  return {
    title: `Replace with ${line}, after podman secret create ${secret} FILE`,
    safe: false,
    alone: true,
    sets: [line],
    edits: () => {
      if (isAlone) return [{ start: node.start, end: node.end, newText: line }];
      return [cutOut(option), insertAfter(file, node, [line])];
    },
  };
}
