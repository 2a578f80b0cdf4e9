import assert from "node:assert/strict";
import { NO_BOX } from "../kit/box.ts";
import { PORTS, type PodmanBox, startPodman } from "../kit/podmanBox.ts";

/** The quadlet of a small server, with what a test adds to it. */
const quadlet = (container: readonly string[], service: readonly string[] = []): string => `[Container]
Image=localhost/bb:latest
Pull=never
Exec=/bin/httpd -f -p ${PORTS.inside} -h /www
StopTimeout=0
${container.join("\n")}
[Service]
${service.join("\n")}
`;

const BRIDGE = `PublishPort=127.0.0.1:${PORTS.published}:${PORTS.inside}`;

describe(`quadlets with a real podman${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(180_000);
  let podman: PodmanBox | undefined;

  before(async function () {
    if (NO_BOX !== undefined) this.skip();
    try {
      podman = await startPodman();
    } catch (error) {
      console.log(`    skipped: ${error instanceof Error ? error.message : error}`);
      this.skip();
    }
  });

  after(() => podman?.stop());

  it("runs a container at all", function () {
    if (!podman) return this.skip();
    assert.equal(podman.put("x.container", quadlet([BRIDGE])), "");
    const seen = podman.see("start", "x.container");
    podman.clear("x.container");
    assert.deepEqual(seen, {
      active: true,
      page: "hello",
      pageInside: "hello",
      status: {
        Uid: "0 0 0 0",
        CapBnd: "00000000800405fb",
        CapEff: "00000000800405fb",
        NoNewPrivs: "0",
        Seccomp_filters: "1",
      },
      users: "0 4294967295",
      shared: ["user"],
      writable: true,
    });
  });
});
