import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { locate, mountsOf, QUESTIONS, toolSubject, unitNamed, verifyCall } from "../../client/tools/commandLines.ts";

/** What VS Code would replace in a task. */
const VARIABLE = ["$", "{command:workbench.action.quit}"].join("");

const subject = (path: string) => {
  const found = toolSubject(path);
  assert.ok(found, path);
  return found;
};

describe("tools: what a file is about", () => {
  it("is the unit of a unit file, of a drop-in and of what systemctl edit makes", () => {
    const seen = (path: string) => {
      const { scope, name, missing, file } = subject(path);
      return [scope, name, missing, file];
    };
    const shop = "/etc/systemd/system/shop.service";
    assert.deepEqual(seen(shop), ["system", "shop.service", "nothing", shop]);
    assert.deepEqual(seen(`${shop}.d/a b.conf`), ["system", "shop.service", "nothing", undefined]);
    assert.deepEqual(seen("/etc/systemd/system/.#shop.service0123456789abcdef"), [
      "system",
      "shop.service",
      "nothing",
      undefined,
    ]);
    assert.deepEqual(seen("/home/me/.config/systemd/user/a.timer").slice(0, 3), ["user", "a.timer", "nothing"]);
    assert.deepEqual(seen("/x/-.mount"), ["system", "-.mount", "nothing", "/x/-.mount"]);
  });

  it("is not known alone of a template, nor of a drop-in of many units", () => {
    const template = "/x/job@.service";
    assert.deepEqual([subject(template).missing, subject(template).file], ["instance", template]);
    assert.equal(subject("/x/job@.service.d/a.conf").missing, "instance");
    assert.equal(subject("/x/job@tty1.service").missing, "nothing");
    for (const many of ["/x/service.d/a.conf", "/x/job-.service.d/a.conf"])
      assert.deepEqual([subject(many).missing, subject(many).name], ["name", undefined]);
  });

  it("is nothing where the name is none that a unit can have", () => {
    for (const path of [
      "/x/a b.service",
      "/x/$(touch y).service",
      "/x/`id`.service",
      "/x/a;b.service",
      "/x/ä.service",
      "/x/a\nb.service",
      `/x/${VARIABLE}.service`,
      "/x/@a.service",
      `/x/${"a".repeat(250)}.service`,
      "/x/--help",
      "/x/notes.txt",
      "/x/$(id).service.d/a.conf",
    ])
      assert.equal(toolSubject(path), undefined, path);
  });
});

describe("tools: the name of the unit", () => {
  it("takes the instance, or the name, that was asked for", () => {
    assert.equal(unitNamed(subject("/x/shop.service"), ""), "shop.service");
    assert.equal(unitNamed(subject("/x/job@.service"), "tty1"), "job@tty1.service");
    assert.equal(unitNamed(subject("/x/job@.service"), "dev-sd\\x2da"), "job@dev-sd\\x2da.service");
    assert.equal(unitNamed(subject("/x/job@.service"), "a@b"), "job@a@b.service");
    assert.equal(unitNamed(subject("/x/service.d/a.conf"), "shop.service"), "shop.service");
  });

  it("takes nothing else", () => {
    for (const asked of ["", "a b", "/dev/sda", "$(id)", "$&", "a.service\n", "a".repeat(255)])
      assert.equal(unitNamed(subject("/x/job@.service"), asked), undefined, asked);
    for (const asked of ["", "shop", "shop.timer", "job@.service", "--help", "-x.service;id", "shop.service --now"])
      assert.equal(unitNamed(subject("/x/service.d/a.conf"), asked), undefined, asked);
  });
});

describe("tools: command lines", () => {
  it("ask about a unit, after -- and in its scope", () => {
    const system = Object.values(QUESTIONS).map((it) => [
      it("system", "-x.service").program,
      ...it("system", "-x.service").args,
    ]);
    assert.deepEqual(
      system.map((it) => it.join(" ")),
      [
        "systemctl --no-pager --full cat -- -x.service",
        "systemctl --no-pager --full status -- -x.service",
        "systemctl --no-pager --full show -- -x.service",
        "journalctl --no-pager --lines=500 --unit=-x.service",
        "systemctl --no-pager show --property=ActiveState,Result,FragmentPath,DropInPaths -- -x.service",
        "systemd-analyze --no-pager security -- -x.service",
        "systemd-analyze --no-pager unit-shell -- -x.service",
        "systemctl show --property=MainPID --value -- -x.service",
      ],
    );
    for (const question of Object.values(QUESTIONS)) {
      const { args } = question("user", "x.service");
      assert.deepEqual([args[0], args.at(-1)?.replace("--unit=", "")], ["--user", "x.service"]);
    }
  });

  it("hand a file to systemd-analyze as one argument, whatever it is called", () => {
    for (const file of ["/x/a.service", "/x y/'; id #/a.service", "/x/$(id)/$HOME/a.service"])
      assert.deepEqual(verifyCall("system", file)?.args, ["--no-pager", "verify", "--", file]);
    assert.equal(verifyCall("system", `/x/${VARIABLE}/a.service`), undefined);
  });

  it("ask for the mounts of a process only", () => {
    assert.deepEqual(mountsOf("4711\n"), { program: "findmnt", args: ["--task", "4711"] });
    for (const printed of ["0\n", "", "\n", "-1", "1 2", "x", "1\n2", "99999999999"])
      assert.equal(mountsOf(printed), undefined, printed);
  });

  it("start the first program in an absolute folder of PATH", () => {
    const there = ["/usr/bin/findmnt", "/bin/findmnt", "./findmnt", "bin/findmnt", "findmnt"];
    const found = (path: string) => locate("findmnt", path, (it) => there.includes(it));
    assert.equal(found("bin:.::/opt:/usr/bin/:/bin"), "/usr/bin/findmnt");
    assert.equal(found("bin:."), undefined);
    assert.equal(found(""), undefined);
  });
});
