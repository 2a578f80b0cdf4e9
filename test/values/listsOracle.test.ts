import { before, describe, it } from "mocha";
import type { DirectiveName } from "../../server/src/catalog/catalog.ts";
import { assertSameComplaints } from "../kit/complaints.ts";
import { type Random, random } from "../kit/random.ts";
import { skip } from "../kit/skip.ts";
import { MACHINE_VERSION } from "../kit/systemd.ts";

const SEED = Number(process.env.SEED ?? 20261124);
const COUNT = 120;

/** Words of all the lists, and what belongs into none. */
const STRAYS = [
  "yes",
  "0",
  "10%",
  "a:b",
  ",",
  "~",
  "~x",
  ":",
  '"a b"',
  "'x'",
  "x\\ y",
  "\\x",
  "é",
  "%i",
  "none",
  '"open',
];

const NAMES: readonly (readonly [DirectiveName, readonly string[]])[] = [
  [
    "SystemCallFilter",
    ["read", "@clock", "@nope", "fexecve", "READ", "read:EPERM", "mount:kill", "@mount:4096", "fstatat"],
  ],
  ["SystemCallLog", ["read", "@known", "@nope", "mpx", "read:EPERM", "osf_stat"]],
  ["SystemCallArchitectures", ["native", "x86", "x86-64", "x86_64", "arm", "Native", "alpha", "mips64-le-n32"]],
  ["SystemCallErrorNumber", ["EPERM", "eperm", "kill", "0", "4095", "4096", "-1", "0x10", "EFOO", "ENOTSUP"]],
  ["RestrictAddressFamilies", ["AF_UNIX", "af_inet", "AF_DECnet", "AF_UNSPEC", "INET", "16", '"AF_INET6"', "none"]],
  ["RestrictNamespaces", ["user", "net", "mnt", "User", "time", "no", '"uts"']],
  ["RestrictFileSystems", ["ext4", "@network", "@known", "@nope", '"@temporary"', "\\@clock"]],
  ["SecureBits", ["noroot", "noroot-locked", "keep-caps", "no-root"]],
  ["CapabilityBoundingSet", ["CAP_KILL", "cap_bpf", "62", "63", "CAP_X"]],
  ["Delegate", ["cpu", "memory", "cpuacct", "bpf-firewall", "bpf-x", '"io"', "CPU"]],
  ["DisableControllers", ["cpu", "memory", "devices", "bpf-x", '"io"', "CPU"]],
  [
    "IPAddressAllow",
    [
      "10.0.0.0/8",
      "10.0.0.1/33",
      "::1",
      "1::/129",
      "1:2:3:4:5:6:7::",
      "any",
      "Localhost",
      "ANY",
      "1.2.3",
      "::ffff:1.2.3.4/+9",
    ],
  ],
  [
    "SocketBindAllow",
    ["ipv4:", "ipv6:", "tcp:", "udp:", "TCP", "any", "80", "1-100", "9-1", "65536", "0", "0x5", "-", ":"],
  ],
  [
    "NFTSet",
    [
      "user:ip:t:s",
      "cgroup:inet:f:x",
      "x:ip:t:s",
      "user:x:t:s",
      "user:ip:1:s",
      "user:ip:t",
      ":user::ip:t:s:",
      "user:ip:t\\x41:s",
    ],
  ],
  ["RestrictNetworkInterfaces", ["eth0", "5", "-5", "0x5", "all", "a/b", "00", ".", '"eth1"', "a,b"]],
];

/** Some of the words, perhaps turned round or with strays between. */
function value(name: DirectiveName, words: readonly string[], { below, pick, chance }: Random): string {
  const single = name === "SystemCallErrorNumber" || name === "SocketBindAllow";
  const between = single ? "" : " ";
  const some = Array.from({ length: 1 + below(single ? 3 : 4) }, () => pick(chance(0.15) ? STRAYS : words));
  return (chance(0.3) ? "~" : "") + some.join(between);
}

describe("lists as systemd-analyze has them", function () {
  before(function () {
    if (MACHINE_VERSION === undefined) {
      skip(this, "there is no systemd-analyze");
    }
  });
  this.timeout(300_000);

  for (const [name, words] of NAMES) {
    it(`${name}= is taken and complained about as by verify (seed ${SEED})`, () => {
      const source = random(SEED);
      const values = Array.from({ length: COUNT }, () => value(name, words, source).trim());
      assertSameComplaints("Service", name, values);
    });
  }
});
