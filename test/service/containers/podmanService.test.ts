import assert from "node:assert/strict";
import { generate } from "../../../server/src/dialects/quadlets/generator/generate.ts";
import { generatedText } from "../../../server/src/dialects/quadlets/generator/service.ts";
import { assess } from "../../../server/src/security/exposure.ts";
import { podmanService } from "../../../server/src/service/containers/podmanService.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";

const FOLDER = "/etc/containers/systemd";
const DROP_IN = "[Container]\nUser=5\n[Service]\nUMask=0077\nPrivateTmp=yes\n";

describe("the service of a container", () => {
  for (const [what, service] of Object.entries({
    "as it is": "",
    "with settings that reach the program": "NoNewPrivileges=yes\nRestrictRealtime=yes\nLockPersonality=yes\n",
    "with what the generator overwrites": "NotifyAccess=none\nDelegate=no\n",
    "with settings that break it":
      "ProtectSystem=strict\nPrivateDevices=yes\nDynamicUser=yes\nCapabilityBoundingSet=\n",
  })) {
    it(`has the exposure of the one that the generator makes: ${what}`, () => {
      const text = `[Container]\nImage=quay.io/a/b:1\nReadOnly=true\n[Service]\n${service}`;
      for (const dropIns of [[], [DROP_IN]]) {
        const files = new Map([
          [`${FOLDER}/x.container`, text],
          ...dropIns.map((it) => [`${FOLDER}/x.container.d/a.conf`, it] as const),
        ]);
        const { services } = generate({ files, folders: [FOLDER], version: 5.8, scope: "system" });
        const [made] = services;
        assert.ok(made);
        const path = { kind: "service", role: "unit", name: "x.service", scope: "system" } as const;
        const quadlet = {
          kind: "container",
          role: "unit",
          name: "x.container",
          scope: "system",
          placed: true,
        } as const;
        const theirs = assess(readUnit(path, generatedText(made).text, 257));
        const ours = assess(podmanService(readUnit(quadlet, text, 257, { dropIns })));
        assert.ok(theirs.exposure !== undefined, theirs.messages.join());
        assert.equal(ours.exposure, theirs.exposure);
        assert.deepEqual(
          ours.checks.map((it) => [it.id, it.badness]),
          theirs.checks.map((it) => [it.id, it.badness]),
        );
      }
    });
  }
});
