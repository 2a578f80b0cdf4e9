import type { Rule } from "../../../../findings/rule.ts";
import { capabilityName } from "../../../../service/containers/payloadCapabilities.ts";
import { isRulingCapability } from "../../payload/identityAnswers.ts";
import { isAllUnmasked, isRulingDevice } from "../../payload/kernelAnswers.ts";
import { aboutPayload, wordOf } from "./aboutPayload.ts";

const privileged = aboutPayload("quadlet/privileged", function* ({ privileged, rootless }) {
  if (!privileged) return;
  const what = rootless ? "everything that its user may do" : "the host: all capabilities, devices and system calls";
  yield { option: privileged, severity: "warning", message: `--privileged gives the container ${what}` };
});

const capability = aboutPayload("quadlet/capability", function* ({ options, privileged, userNamespace }) {
  if (privileged) return;
  for (const it of options) {
    if (it.name !== "cap-add") continue;
    const names = it.value.split(",").map(capabilityName);
    const found = names.find((name) => name === "ALL" || isRulingCapability(name));
    if (found === undefined) continue;
    const isMapped = userNamespace.kind === "mapped";
    const what = found === "ALL" ? "every right of root" : `the capability ${found}, a way out of it`;
    yield {
      option: it,
      severity: isMapped ? "info" : "warning",
      message: `${wordOf(it)} gives the container ${what}${isMapped ? ", as far as its user namespace goes" : ""}`,
    };
  }
});

const seccomp = aboutPayload("quadlet/no-seccomp", function* ({ seccomp: { kind, option }, privileged }) {
  if (kind !== "none" || !option || option === privileged) return;
  yield { option, severity: "warning", message: `${wordOf(option)} lets every system call of the container through` };
});

const labels = aboutPayload("quadlet/no-label", function* ({ unlabelled, privileged }) {
  if (privileged) return;
  for (const option of unlabelled)
    yield {
      option,
      severity: "info",
      message: `${wordOf(option)} takes the container out of mandatory access control`,
    };
});

const unmasked = aboutPayload("quadlet/unmasked", function* (world) {
  for (const option of world.unmasked)
    if (isAllUnmasked(option))
      yield {
        option,
        severity: "warning",
        message: `${wordOf(option)} shows the container the kernel's files of the host`,
      };
});

const device = aboutPayload("quadlet/host-device", function* ({ devices, rootless }) {
  for (const option of devices) {
    const device = option.value.replace(/^-/, "").split(":")[0] ?? "";
    if (!rootless && isRulingDevice(device) && !/:r$/.test(option.value))
      yield { option, severity: "info", message: `${wordOf(option)} gives the container ${device} of the host` };
  }
});

/** What takes a container's walls away. */
export const GIVEN_AWAY: readonly Rule[] = [privileged, capability, seccomp, labels, unmasked, device];
