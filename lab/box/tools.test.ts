import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import {
  locate,
  mountsOf,
  QUESTIONS,
  type ToolCall,
  toolSubject,
  unitNamed,
  verifyCall,
} from "../../client/tools/commandLines.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { skip } from "../../test/kit/skip.ts";
import { MACHINE_VERSION } from "../../test/kit/systemd.ts";

const FOLDER = "/etc/systemd/system";
const UNIT_SHELL = 258;

/** What is in the editor, the instance that is asked for, and the unit that is meant. */
const SERVICES = [
  { file: "shop.service", unit: "shop.service" },
  { file: "shop-front.service", unit: "shop-front.service" },
  { file: "-odd.service", unit: "-odd.service" },
  { file: "srv\\x2ddata.service", unit: "srv\\x2ddata.service" },
  { file: "job@.service", instance: "tty1", unit: "job@tty1.service" },
  { file: "job@.service", instance: "dev-sd\\x2da", unit: "job@dev-sd\\x2da.service" },
] as const;

const TEXT = `[Unit]
Description=Waits for nothing
[Service]
ExecStart=/usr/bin/sleep 3600
ProtectSystem=strict
ProtectHome=yes
`;
const DROP_IN = "[Service]\nReadWritePaths=/srv\n";

describe(`the command lines of the tools in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, () => {
  let box: Box | undefined;

  before(function () {
    if (NO_BOX !== undefined || MACHINE_VERSION === undefined)
      skip(this, "there is no systemd-analyze of a known version");
    box = startBox();
    for (const { file, unit } of SERVICES) {
      box.put(`${FOLDER}/${file}`, TEXT);
      assert.equal(box.run("mkdir", "-p", "--", `${FOLDER}/${unit}.d`).status, 0);
      box.put(`${FOLDER}/${unit}.d/10-more.conf`, DROP_IN);
    }
    box.put(`${FOLDER}/wrong.service`, `${TEXT}ProtectClock=perhaps\n`);
    box.run("systemctl", "daemon-reload");
    const started = box.run("systemctl", "start", "--", ...SERVICES.map((it) => it.unit));
    assert.equal(started.status, 0, started.errors);
  });
  after(() => box?.stop());

  /** Carries out a command line as the client does: the program where it lies, without a shell. */
  const carriedOut = (line: ToolCall | undefined) => {
    const path = line && locate(line.program, "/usr/local/bin:/usr/bin:/bin", existsSync);
    assert.ok(box && line && path, line?.program);
    return box.run(path, ...line.args);
  };

  /** What a question prints about a unit that is there. */
  const answer = (line: ToolCall | undefined): string => {
    const { status, output, errors } = carriedOut(line);
    assert.equal(status, 0, errors);
    return output;
  };

  for (const service of SERVICES) {
    const { file, unit } = service;
    const subject = toolSubject(`${FOLDER}/${file}`);
    const name = subject && unitNamed(subject, "instance" in service ? service.instance : "");

    describe(unit, () => {
      it("is the unit that the file and the answer name", () => {
        assert.equal(name, unit);
        assert.equal(subject?.scope, "system");
      });

      it("cat: the file and its drop-in", () => {
        const printed = answer(QUESTIONS.cat("system", unit));
        assert.equal(printed, `# ${FOLDER}/${file}\n${TEXT}\n# ${FOLDER}/${unit}.d/10-more.conf\n${DROP_IN}`);
      });

      it("status: it runs", () => {
        const printed = answer(QUESTIONS.status("system", unit));
        assert.ok(printed.split("\n")[0]?.includes(`${unit} - Waits for nothing`), printed);
        assert.match(printed, /Active: active \(running\)/);
        assert.match(printed, /Main PID: \d+ \(sleep\)/);
      });

      it("show: its properties", () => {
        const printed = answer(QUESTIONS.show("system", unit)).split("\n");
        assert.ok(printed.includes(`Id=${unit}`) && printed.includes("ActiveState=active"));
        assert.ok(printed.includes(`FragmentPath=${FOLDER}/${file}`) && printed.includes("ReadWritePaths=/srv"));
      });

      it("security: its exposure, of the unit as it is loaded", () => {
        const printed = answer(QUESTIONS.security("system", unit));
        const summary = printed.split("\n").find((line) => line.includes("Overall exposure level for"));
        assert.ok(summary?.includes(`Overall exposure level for ${unit}: `), printed);
        assert.match(printed, /✓ ProtectSystem= /);
      });

      it("verify: nothing to say", () => {
        const { status, output, errors } = carriedOut(
          subject?.file === undefined ? undefined : verifyCall("system", subject.file),
        );
        assert.equal(status, 0, errors);
        assert.equal(`${output}${errors}`.includes(file), false, errors);
      });

      it("mounts: those of its main process", () => {
        const line = mountsOf(answer(QUESTIONS.mainProcess("system", unit)));
        const rows = answer(line).split("\n");
        assert.match(rows[0] ?? "", /^TARGET\s+SOURCE\s+FSTYPE\s+OPTIONS/);
        const optionsOf = (target: string) =>
          rows
            .find((row) => row.includes(`─${target} `))
            ?.split(/\s+/)
            .at(-1);
        assert.match(rows[1] ?? "", /^\/ .* ro,/);
        assert.match(optionsOf("/srv") ?? "none", /^rw,/);
        assert.match(optionsOf("/home") ?? "none", /^ro,/);
      });

      it("unit-shell: as far as this systemd knows it", () => {
        const { status, errors } = carriedOut(QUESTIONS.shell("system", unit));
        if ((MACHINE_VERSION ?? 0) >= UNIT_SHELL) return assert.equal(status, 0, errors);
        assert.notEqual(status, 0);
        assert.match(errors, /Unknown command verb '?unit-shell/);
      });
    });
  }

  it("verify names the line that is wrong", () => {
    const subject = toolSubject(`${FOLDER}/wrong.service`);
    const { errors } = carriedOut(verifyCall("system", subject?.file ?? ""));
    assert.match(errors, /^\/etc\/systemd\/system\/wrong\.service:7: .*ProtectClock/m);
  });

  it("a service that does not run has no main process to ask about", () => {
    assert.equal(mountsOf(answer(QUESTIONS.mainProcess("system", "wrong.service"))), undefined);
  });
});
