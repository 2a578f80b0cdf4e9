import { holdsIn, type PerVersion, valueIn } from "../facts/version.ts";
import { append } from "../text/append.ts";
import { capabilitiesOf, without } from "./capabilitySet.ts";
import type { UnitSettings } from "./settings.ts";

const DEVICES = capabilitiesOf("CAP_MKNOD", "CAP_SYS_RAWIO");
const MODULES = capabilitiesOf("CAP_SYS_MODULE");
const LOGS = capabilitiesOf("CAP_SYSLOG");
const CLOCK = capabilitiesOf("CAP_SYS_TIME", "CAP_WAKE_ALARM");

const IMAGE_DEVICES = [
  "/dev/loop-control rw",
  "/dev/mapper/control rw",
  "block-loop rwm",
  "block-blkext rwm",
  "block-device-mapper rwm",
];

/**
 * Adds what some settings imply once all files are read; `prefix` is what names a dynamic user without User=.
 * Changes the settings in place. Follows unit_patch_contexts(), systemd 257 to 262.
 */
export function patch(settings: UnitSettings, prefix: string): void {
  if (settings.privateDevices) settings.boundingSet = without(settings.boundingSet, DEVICES);
  if (settings.protectKernelModules) settings.boundingSet = without(settings.boundingSet, MODULES);
  if (settings.protectKernelLogs) settings.boundingSet = without(settings.boundingSet, LOGS);
  if (settings.protectClock) settings.boundingSet = without(settings.boundingSet, CLOCK);
  if (settings.dynamicUser) patchDynamicUser(settings, prefix);
  patchDevices(settings);
}

/** What a dynamic user gets for /tmp and /var/tmp. */
const OWN_TMP: PerVersion<string> = { 0: "yes", 257: "disconnected" };

/** A dynamic user named after a unit called `root` or `nobody` counts as that user. */
function patchDynamicUser(settings: UnitSettings, prefix: string): void {
  if (settings.user === "") settings.user = prefix;
  if (settings.group === "") settings.group = settings.user;
  if (settings.privateTmp === "no") settings.privateTmp = valueIn(OWN_TMP, settings.version);
  settings.removeIpc = true;
  settings.protectSystem = "strict";
  if (settings.protectHome === "no") settings.protectHome = "read-only";
  settings.noNewPrivileges = true;
  settings.restrictSuidSgid = true;
}

/** Until when a service with encrypted credentials may use the TPM itself. */
const TPM_FOR_CREDENTIALS = { until: 258 };

function patchDevices(settings: UnitSettings): void {
  const { version, devices } = settings;
  if (settings.privateDevices && settings.devicePolicy === "auto") settings.devicePolicy = "closed";
  if (settings.devicePolicy === "auto" && devices.length === 0) return;
  if (settings.rootImage !== "" || settings.rootMStack !== "" || settings.mountImages > 0)
    append(devices, IMAGE_DEVICES);
  if (settings.protectClock) devices.push("char-rtc r");
  if (holdsIn(TPM_FOR_CREDENTIALS, version) && hasEncryptedCredential(settings)) devices.push("char-tpm rw");
}

function hasEncryptedCredential({ loadCredentials, setCredentials }: UnitSettings): boolean {
  return [...loadCredentials.values(), ...setCredentials.values()].includes(true);
}
