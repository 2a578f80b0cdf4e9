import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import type { Profile } from "../../server/src/hardening/profiles.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { unitOf } from "../../test/hardening/kit.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { skip } from "../../test/kit/skip.ts";

/** User managers of two people with their numbers, the second of whom may make no user namespaces. */
const MANAGERS = { free: [3001, ""], denied: [3002, "RestrictNamespaces=~user\n"] } as const;
type Person = keyof typeof MANAGERS;

/** What a person's manager keeps, by the number, as systemd counts on it. */
const runtimeOf = (person: Person): string => `/run/user/${MANAGERS[person][0]}`;

const SERVICE =
  "[Unit]\nStartLimitIntervalSec=0\n[Service]\nType=oneshot\nExecStart=/usr/bin/grep NoNewPrivs /proc/self/status\n";
const PATH = "/etc/systemd/user/claim.service";

/** What a profile adds to it. */
const hardened = (profile: Profile, text = SERVICE): string =>
  applyEdits(text, hardenUnit(unitOf(text, PATH), profile, undefined, "likely").edits);

describe(`hardened user units in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, () => {
  let box: Box | undefined;

  before(function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    box = startBox();
    for (const person of ["free", "denied"] as const) {
      const [uid, line] = MANAGERS[person];
      const runtime = runtimeOf(person);
      box.run("useradd", "-m", "-u", String(uid), person);
      box.run("install", "-d", "-o", person, `${runtime}/systemd/user`);
      box.run("chown", "-R", person, runtime);
      box.put(
        `/run/systemd/system/${person}-manager.service`,
        `[Unit]\nDefaultDependencies=no\n[Service]\nType=notify\nUser=${person}\nDelegate=yes\nEnvironment=XDG_RUNTIME_DIR=${runtime}\n${line}ExecStart=/usr/lib/systemd/systemd --user\n`,
      );
    }
    box.run("systemctl", "daemon-reload");
    for (const person of Object.keys(MANAGERS))
      assert.equal(box.run("systemctl", "start", `${person}-manager.service`).status, 0, person);
  });

  after(() => box?.stop());

  /** The status with which a service ends for a person. */
  function statusOf(person: Person, text: string): number {
    const run = (...command: readonly string[]) =>
      box?.run("runuser", "-u", person, "--", "env", `XDG_RUNTIME_DIR=${runtimeOf(person)}`, ...command);
    box?.put(`${runtimeOf(person)}/systemd/user/claim.service`, text);
    run("systemctl", "--user", "daemon-reload");
    run("systemctl", "--user", "start", "claim.service");
    return Number(run("systemctl", "--user", "show", "-P", "ExecMainStatus", "claim.service")?.output);
  }

  for (const profile of ["basic", "strict", "isolated"] as const)
    it(`start with what the profile ${profile} adds, with and without user namespaces`, function () {
      if (!box) return skip(this, "nothing can be started in a box");
      const text = hardened(profile);
      assert.match(text, /^NoNewPrivileges=yes$/m);
      for (const person of ["free", "denied"] as const) assert.equal(statusOf(person, text), 0, `${person}\n${text}`);
    });

  it("fail where namespaces are denied by what no profile adds", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    for (const line of ["ProtectClock=yes", "PrivateDevices=yes"]) {
      const name = line.replace(/=.*/, "=");
      assert.equal(statusOf("denied", `${SERVICE}${line}\n`), 218, line);
      assert.equal(statusOf("free", `${SERVICE}${line}\n`), 0, line);
      assert.ok(!hardened("isolated").includes(name), line);
    }
  });
});
