import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { effects, offered, parts, refuses, takes } from "../../values/configs/values.ts";

describe("values of .nspawn files", () => {
  it("mount paths of the host, of the image after a plus sign, and empty folders", () => {
    takes("bind", ["/srv", "/srv:/data", "/srv:/data:norbind,idmap", "+/etc:/x", ":/x", "rel:/x", "/a\\:b:/c"]);
    refuses("bind", ["", "srv", "/srv:data", "+etc:/x", "/srv:", "/srv\\"]);
    takes("overlay", ["a:b", "/a:/b", "/a:/b:/c:/d", "+/a::/c"]);
    refuses("overlay", ["/a", "/a:", "/a:/b:c", "/::", "+a:/b"]);
    takes("pivotRoot", ["/a", "/a:/b", "/a/:/b:/c"]);
    refuses("pivotRoot", ["a", "/a/../b", "/a:/b//c", "/a:b"]);
    assert.deepEqual(parts("bind", "+/etc:/x:idmap"), ["operator +", "path /etc", "path /x", "word idmap"]);
    assert.ok(offered("bind", "/a:/b:$0").includes("rootidmap"));
  });

  it("map users to a range that fits into 32 bits", () => {
    takes("privateUsers", ["yes", "pick", "identity", "65536", "0:65536", "4294967290:5", "managed"]);
    refuses("privateUsers", ["", "maybe", "0x10", "010", "1:0", "4294967290:6", "65535"]);
    refuses("privateUsers", ["managed"], 257);
  });

  it("cost the whole file where names of interfaces are wrong, and before 258 a CPU", () => {
    assert.equal(effects("networkIfacePair", "eth0:lan1 eth1"), "");
    assert.equal(effects("networkIfacePair", "eth/0"), "refused");
    assert.equal(effects("cpuAffinity", "x", 257), "refused");
    assert.equal(effects("cpuAffinity", "5-2", 257), "word");
  });

  it("lose only the words of capabilities that are unknown, and the rest after a wrong user", () => {
    assert.equal(effects("capability", "CAP_KILL cap_chown 5 all"), "");
    assert.equal(effects("capability", "CAP_KILL CAP_FOO CAP_BAR"), "word word");
    assert.equal(effects("bindUser", "anna 5 b/c"), "rest");
  });

  it("forward ports, and name links and zones", () => {
    takes("exposePort", ["80", "tcp:8080:80", "udp:53", "0x10"]);
    refuses("exposePort", ["", "0", "65536", "sctp:1", "80:81:82"]);
    takes("vethExtra", ["a", "a:b", "a:b/c"]);
    refuses("vethExtra", ["", "a/b", "a:b:c"]);
    takes("networkZone", ["", "lan", "abcdefghijkl"]);
    refuses("networkZone", ["abcdefghijklm", "a:b"]);
  });
});

describe("values of partitions", () => {
  it("end the work where types and sizes are wrong", () => {
    assert.equal(effects("type", "root"), "");
    assert.equal(effects("type", "usr-arm64-verity-sig"), "");
    assert.equal(effects("type", "0FC63DAF-8483-4772-8E79-3D69D8477DE4"), "");
    assert.equal(effects("type", "boot"), "refused");
    assert.equal(effects("size4096:1", "1.5G"), "");
    assert.equal(effects("size4096:1", "4097"), "complains");
    assert.equal(effects("size4096:-1", "x"), "refused");
    assert.equal(effects("blockSize", "1K"), "");
    assert.equal(effects("blockSize", "1000"), "refused");
    assert.equal(effects("fstype", "a/b"), "assignment");
  });

  it("expand facts of the machine and nothing of units", () => {
    takes("makeDirs", ["/a/%m", "%T/x", "/a%", "/%%i", "%A/a"]);
    refuses("makeDirs", ["%m/a", "/a/%i", "%%i"]);
    takes("label", ["é".repeat(18), "%m"]);
    refuses("label", ["é".repeat(19), "%i"]);
  });

  it("take files with a target, and since 258 with options", () => {
    assert.equal(effects("copyFiles", "/a:/b:fsverity=copy"), "");
    assert.equal(effects("copyFiles", "/a:/b:foo"), "word");
    assert.equal(effects("copyFiles", "/a:/b:/c", 257), "refused");
    assert.equal(effects("copyFiles", "a:/b"), "assignment");
    takes("subvolumes", ["/a:ro /b:ro,nodatacow"]);
    refuses("subvolumes", ["/b:nodatacow"], 257);
    refuses("subvolumes", ["/a:", "a"]);
  });
});

describe("values of transfers", () => {
  it("have patterns with the version, and each field once", () => {
    takes("resourcePattern:source", ["a_@v.raw", "a_@v_@u.raw b/@v", "@@@v", "**/a_@v"]);
    refuses("resourcePattern:source", ["a.raw", "@v@u", "@v_@v", "@v_@", "@v_@x"]);
    assert.equal(effects("resourcePattern:target", "**/a_@v"), "refused");
    assert.equal(effects("resourcePattern", "a*@v"), "refused");
    assert.equal(effects("resourcePattern", "a*@v", 257), "silent");
    assert.deepEqual(parts("resourcePattern", "a_@v.raw"), ["variable @v"]);
  });

  it("are versions and web addresses", () => {
    takes("protectVersion", ["", "1.2.3", "%A", "a+b"]);
    refuses("protectVersion", ["a b", "%T", "%i", "a,b"]);
    takes("protectVersion:early", ["a,b"], 257);
    refuses("protectVersion:early", [""], 257);
    refuses("minVersion:early", ["%A"], 257);
    takes("urlSpecifiersMany", ["", "https://example.com/%A", "http://x y"]);
    refuses("urlSpecifiersMany", ["example.com", "https://", "%A", "https://é"]);
    assert.equal(effects("instancesMax", "1"), "complains");
  });
});
