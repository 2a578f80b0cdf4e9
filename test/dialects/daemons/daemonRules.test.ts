import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { checkedPath } from "../../../server/src/families/checkedPath.ts";
import { check } from "../../../server/src/rules/check.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";
import { memoryHost, runOver } from "../../kit/memoryHost.ts";

const at = (path: string) => {
  const its = checkedPath(path);
  if (!its) throw new Error(path);
  return its;
};
const found = (path: string, text: string, dropIns: readonly string[] = []): string[] =>
  check(readUnit(at(path), text, NEWEST_VERSION, { dropIns }), { profile: "isolated" }).map(
    (it) => `${it.severity} ${it.code}`,
  );

describe("rules about the programs of systemd", () => {
  it("say nothing of a file whose settings are all comments, nor of an empty one", () => {
    for (const name of ["journald", "resolved", "logind", "coredump", "timesyncd", "sleep", "system", "oomd"])
      for (const text of [
        "",
        "# text\n\n[Journal]\n#Storage=auto\n#Seal=no\n".replace("Journal", SECTIONS[name] ?? ""),
      ])
        assert.deepEqual(found(`/etc/systemd/${name}.conf`, text), [], name);
  });

  it("ask the last line that counts, of whichever file", () => {
    const main = "[Resolve]\nLLMNR=yes\n";
    assert.deepEqual(found("/etc/systemd/resolved.conf", main), ["hint daemon/llmnr"]);
    assert.deepEqual(found("/etc/systemd/resolved.conf", main, ["[Resolve]\nLLMNR=no\n"]), []);
    assert.deepEqual(found("/etc/systemd/resolved.conf", "[Resolve]\nLLMNR=yes\nLLMNR=maybe\n"), [
      "hint daemon/llmnr",
      "error value/enumeration",
    ]);
  });

  it("judge a drop-in with its main file", () => {
    const path = at("/etc/systemd/timesyncd.conf");
    const text = "[Time]\nPollIntervalMinSec=1h\n";
    const dropIns = ["[Time]\nPollIntervalMaxSec=1min\n"];
    const read = readUnit(at("/etc/systemd/timesyncd.conf.d/a.conf"), dropIns[0] ?? "", NEWEST_VERSION, {
      main: {
        path,
        text,
        dropIns,
        at: 0,
      },
    });
    assert.deepEqual(
      check(read, { profile: "off" }).map((it) => it.code),
      ["daemon/interval"],
    );
  });

  it("count drop-ins beside a file, and none of other names", () => {
    const host = memoryHost({
      "/r/etc/systemd/journal-remote.conf": "[Remote]\nSeal=no\n",
      "/r/etc/systemd/journal-.conf.d/a.conf": "[Remote]\nSeal=x\n",
      "/r/etc/systemd/dnssd/a.dnssd": "[Service]\nName=a\n",
      "/r/etc/systemd/dnssd/a.dnssd.d/type.conf": "[Service]\nType=_http._tcp\n",
    });
    const { stdout } = runOver(host, "check", "/r/etc/systemd/dnssd", "/r/etc/systemd/journal-remote.conf");
    assert.equal(stdout, "3 files: nothing to report\n");
  });
});

const SECTIONS: Readonly<Record<string, string>> = {
  journald: "Journal",
  resolved: "Resolve",
  logind: "Login",
  coredump: "Coredump",
  timesyncd: "Time",
  sleep: "Sleep",
  system: "Manager",
  oomd: "OOM",
};
