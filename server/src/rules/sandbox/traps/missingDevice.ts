import { insertAfter } from "../../../findings/edits.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { hiddenBy } from "../../../security/world/access.ts";
import { isResetBehind, ownLast, placeOfText, placeOfWord } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { type Program, programsOf } from "../../../service/program.ts";
import { runsElsewhere } from "../../../service/userCommands.ts";
import { wordText } from "../../../syntax/words.ts";
import { memo } from "../../../units/memo.ts";
import { ownFile, type Unit, valuesInForce } from "../../../units/unit.ts";
import { listWords } from "../../../units/words.ts";

/** Seen with 257: ENOENT in the program, and with both BindPaths= and DeviceAllow= the device opens. */
export const missingDevice: Rule = {
  code: "sandbox/missing-device",
  needs: ["DeviceAllow", "PrivateDevices"],
  *check(unit) {
    if (!systemService(unit)?.settings.privateDevices) return;
    yield* namedDevices(unit);
    const allowed = valuesInForce(unit, "Service", "DeviceAllow");
    for (const path of new Set(allowed.map((it) => listWords(it)[0] ?? ""))) {
      if (!path.startsWith("/dev/") || path.includes("%") || hiddenBy(unit, path)?.mode !== "private-dev") continue;
      const place = placeOfWord(unit, "DeviceAllow", path);
      if (!place) continue;
      const line = `BindPaths=${wordText(`-${path}`)}`;
      const edits = () => [insertAfter(ownFile(unit), place.node, [line])];
      yield {
        ...place.span,
        severity: "warning",
        message: `DeviceAllow= allows ${path}, which is missing: PrivateDevices= gives the service a /dev with only pseudo devices`,
        directive: "DeviceAllow",
        fixes: isResetBehind(unit, "BindPaths", place.node)
          ? []
          : [{ title: `Add ${line}`, safe: false, sets: [line], edits }],
      };
    }
  },
};

/** Devices that the main command names; with DeviceAllow= they are told there. */
function* namedDevices(unit: Unit): Iterable<Found> {
  const allowed = new Set(valuesInForce(unit, "Service", "DeviceAllow").map((it) => listWords(it)[0] ?? ""));
  for (const path of new Set(devicesIn(programsOf(unit)))) {
    const place =
      allowed.has(path) || hiddenBy(unit, path)?.mode !== "private-dev"
        ? undefined
        : placeOfText(unit, "ExecStart", path);
    const node = ownLast(unit, "PrivateDevices");
    if (!place) continue;
    const lines = [`BindPaths=${wordText(`-${path}`)}`, `DeviceAllow=${wordText(path)} rw`];
    yield {
      ...place.span,
      severity: "warning",
      message: `ExecStart= names device ${path}, which is missing: PrivateDevices= gives the service a /dev with only pseudo devices`,
      directive: "ExecStart",
      fixes: node
        ? [
            {
              title: `Add ${lines.join(" and ")}`,
              safe: false,
              sets: lines,
              edits: () => [insertAfter(ownFile(unit), node, lines)],
            },
          ]
        : [],
    };
  }
}

const devicesIn = memo((programs: readonly Program[]): readonly string[] =>
  programs.flatMap(({ setting, path, args }) =>
    setting !== "ExecStart" || runsElsewhere([path])
      ? []
      : args.flatMap((it) => /(?:^|[=:])(\/dev\/[\w./-]+)$/.exec(it)?.[1] ?? []),
  ),
);
