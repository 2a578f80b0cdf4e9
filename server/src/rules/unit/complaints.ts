import type { DirectiveName } from "../../catalog/catalog.ts";
import { holdsIn, type Lifetime } from "../../facts/version.ts";
import { lastOfAll, ownHeader } from "../../findings/findingPlace.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule } from "../../findings/rule.ts";
import { effective } from "../../security/effective.ts";
import type { UnitSettings } from "../../security/settings.ts";
import { secondsOf } from "../../service/quantities.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { settingsIn } from "../../units/settingsReader.ts";
import { mergedAssignments, ownFile, sinceReset, type Unit } from "../../units/unit.ts";
import { parseUnsigned } from "../../values/number.ts";

/** Settings that do not go together, about which systemd only complains when it loads the unit. */
interface Complaint extends Omit<Rule, "check"> {
  /** The versions that complain; all where missing. */
  readonly life?: Lifetime;
  /** The directives to point at, best first. */
  readonly blame: readonly DirectiveName[];
  /** What is wrong, without the consequence. */
  readonly find: (unit: Unit, settings: UnitSettings) => string | undefined;
}

const INFINITY = Number.POSITIVE_INFINITY;

const COMPLAINTS: readonly Complaint[] = [
  {
    code: "unit/restart-steps",
    blame: ["RestartSteps", "RestartMaxDelaySec"],
    needs: ["RestartSteps", "RestartMaxDelaySec"],
    find(unit) {
      const steps = parseUnsigned(settingsIn(unit, "Service").last("RestartSteps")?.text ?? "") ?? 0;
      const most = secondsOf(unit, "Service", "RestartMaxDelaySec") ?? INFINITY;
      if (steps > 0 && most === INFINITY) return "RestartSteps= has no effect without RestartMaxDelaySec=";
      return steps === 0 && most < INFINITY ? "RestartMaxDelaySec= has no effect without RestartSteps=" : undefined;
    },
  },
  {
    code: "unit/restart-delay",
    blame: ["RestartMaxDelaySec", "RestartSec"],
    needs: ["RestartMaxDelaySec"],
    find(unit) {
      const least = secondsOf(unit, "Service", "RestartSec") ?? 0.1;
      const most = secondsOf(unit, "Service", "RestartMaxDelaySec") ?? INFINITY;
      return most < least ? "RestartMaxDelaySec= is shorter than RestartSec= and is used for both" : undefined;
    },
  },
  {
    code: "unit/runtime-oneshot",
    blame: ["RuntimeMaxSec", "Type"],
    needs: ["RuntimeMaxSec"],
    find(unit, { type }) {
      const most = secondsOf(unit, "Service", "RuntimeMaxSec") ?? INFINITY;
      const ignored = type === "oneshot" && most < INFINITY;
      return ignored ? "RuntimeMaxSec= has no effect with Type=oneshot; use TimeoutStartSec= instead" : undefined;
    },
  },
  {
    code: "unit/runtime-extra",
    blame: ["RuntimeRandomizedExtraSec"],
    needs: ["RuntimeRandomizedExtraSec"],
    find(unit) {
      const extra = secondsOf(unit, "Service", "RuntimeRandomizedExtraSec") ?? 0;
      const most = secondsOf(unit, "Service", "RuntimeMaxSec") ?? INFINITY;
      return extra > 0 && most === INFINITY
        ? "RuntimeRandomizedExtraSec= has no effect without RuntimeMaxSec="
        : undefined;
    },
  },
  {
    code: "unit/usb-functions",
    blame: ["USBFunctionDescriptors", "USBFunctionStrings"],
    needs: ["USBFunctionDescriptors", "USBFunctionStrings"],
    find(unit) {
      const [descriptors, strings] = (["USBFunctionDescriptors", "USBFunctionStrings"] as const).map(
        (name) => settingsIn(unit, "Service").last(name) !== undefined,
      );
      if (descriptors === strings) return undefined;
      return descriptors
        ? "USBFunctionDescriptors= has no effect without USBFunctionStrings="
        : "USBFunctionStrings= has no effect without USBFunctionDescriptors=";
    },
  },
  {
    code: "unit/credential-race",
    life: { since: 257 },
    blame: ["Type"],
    needs: ["ExecStartPost"],
    find(unit, { type, loadCredentials, setCredentials, present }) {
      const credentials = loadCredentials.size > 0 || setCredentials.size > 0 || present.has("ImportCredential");
      const posts = sinceReset(mergedAssignments(unit, "Service", "ExecStartPost")).length > 0;
      return type === "simple" && credentials && posts
        ? "Type=simple may run ExecStartPost= before the credentials are set up"
        : undefined;
    },
  },
  {
    code: "unit/bus-name",
    life: { until: 247 },
    blame: ["BusName", "Type"],
    needs: ["BusName"],
    find: (_, { type, busName }) =>
      busName !== "" && type !== "" && type !== "dbus" ? `BusName= has no effect with Type=${type}` : undefined,
  },
  {
    code: "unit/job-timeouts",
    blame: ["JobRunningTimeoutSec", "JobTimeoutSec"],
    needs: ["JobRunningTimeoutSec"],
    find(unit) {
      const all = secondsOf(unit, "Unit", "JobTimeoutSec") || INFINITY;
      const running = secondsOf(unit, "Unit", "JobRunningTimeoutSec") || INFINITY;
      const longer = running < INFINITY && running > all;
      return longer ? "JobRunningTimeoutSec= is longer than JobTimeoutSec= and has no effect" : undefined;
    },
  },
];

// No generators: each of these rules is asked of every unit, and has nothing to say of nearly all.
const NONE: readonly never[] = [];

const ALL: readonly Rule[] = COMPLAINTS.map(({ code, blame, find, life = {}, ...about }) => ({
  ...about,
  code,
  check(unit) {
    if (unit.path.role !== "unit" || unit.file.text === "" || !holdsIn(life, unit.version)) return NONE;
    if (code !== "unit/job-timeouts" && unit.path.kind !== "service") return NONE;
    const { settings, refusal } = effective(unit);
    const what = refusal ? undefined : find(unit, settings);
    if (what === undefined) return NONE;
    const node = lastOfAll(unit, blame);
    // Another file is judged for what stands there.
    if (node ? !isOwn(unit, node) : unit.judged) return NONE;
    const message = `${what}: systemd accepts it, but warns`;
    const directive = node?.key ?? blame[0];
    return [
      {
        ...(node?.valueSpan ?? ownHeader(unit)),
        severity: "warning",
        message,
        ...(directive ? { directive } : {}),
      },
    ];
  },
}));

/** Follows the warnings of service_verify(), service_add_extras() and unit_load(), systemd 257 to 262. */
export const COMPLAINT_RULES: readonly Rule[] = alsoInDropIns(ALL);

const isOwn = (unit: Unit, node: Assignment): boolean => ownFile(unit).nodes.includes(node);
