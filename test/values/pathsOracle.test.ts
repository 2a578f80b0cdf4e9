import { before, describe, it } from "mocha";
import type { DirectiveName } from "../../server/src/catalog/catalog.ts";
import { assertSameComplaints } from "../kit/complaints.ts";
import { type Random, random } from "../kit/random.ts";
import { skip } from "../kit/skip.ts";
import { MACHINE_VERSION } from "../kit/systemd.ts";

const SEED = Number(process.env.SEED ?? 20261124);
const COUNT = 120;

/** Pieces of paths and lists of them, but none of specifiers that depend on the machine. */
const PIECES = [
  ..."/ /x x .. . : : - + ~ , // /.. é private root usr foo ro nosuid rbind /dev/x /proc /sys/x /var/run/x".split(" "),
  ...[" ", "  ", "\t", "%", "%i", "%Q", "%n", "%%", "\\", "\\:", "\\x20", "\\q", '"', "'", "/y z"],
];

/** What is wrong here costs the line, not the unit, so that many can stand in one file. */
const NAMES: readonly (readonly ["Unit" | "Service", DirectiveName, readonly string[]])[] = [
  ["Unit", "SourcePath", []],
  ["Unit", "RequiresMountsFor", []],
  ["Unit", "ConditionPathExists", ["|", "!", "|!"]],
  ["Unit", "AssertPathExistsGlob", ["|!", "*", "["]],
  ["Service", "EnvironmentFile", []],
  ["Service", "ExecSearchPath", []],
  ["Service", "OpenFile", ["read-only", "append", "graceful", "/x:n:", ":", ","]],
  ["Service", "StateDirectory", ["x:y:", "::", "ro"]],
  ["Service", "ConfigurationDirectory", ["x::", "::ro"]],
  ["Service", "BindPaths", ["/x:/y:", "/x:/y", "norbind"]],
  ["Service", "ReadWritePaths", []],
  ["Service", "TemporaryFileSystem", ["/x:ro", "size=1M"]],
  ["Service", "MountImages", ["/x:/y:", "/x:/y"]],
  ["Service", "ExtensionImages", ["/x:"]],
  ["Service", "RootImageOptions", ["root:", "ro,", "usr:"]],
  ["Service", "RootHash", ["0011223344556677", "00112233445566778899001122334455", "a", "f "]],
  ["Service", "RootHashSignature", ["base64:", "YQ==", "YWFh", "="]],
  ["Service", "BPFProgram", ["egress:", "bind4:/x", "egress"]],
  ["Service", "IPIngressFilterPath", []],
  ["Service", "DeviceAllow", ["/dev/null ", "rw", "m", "char-", "block-*", " r"]],
];

function value({ below, pick, chance }: Random, own: readonly string[]): string {
  const pieces = Array.from({ length: 1 + below(6) }, () => pick(own.length > 0 && chance(0.4) ? own : PIECES));
  const text = pieces.join("").trim();
  // What a percent sign and the letter behind it stand for may depend on the machine.
  const isPlain = !/%["'\\]*[a-zA-Z0-9]/.test(text.replaceAll(/%[%inQ]/g, ""));
  return text === "" || text.endsWith("\\") || !isPlain ? "/x" : text;
}

describe("paths as systemd-analyze has them", function () {
  before(function () {
    if (MACHINE_VERSION === undefined) {
      skip(this, "there is no systemd-analyze");
    }
  });
  this.timeout(300_000);

  for (const [section, name, own] of NAMES) {
    it(`${name}= is taken and complained about as by verify (seed ${SEED})`, () => {
      const source = random(SEED);
      const values = Array.from({ length: COUNT }, () => value(source, own));
      assertSameComplaints(section, name, values);
    });
  }
});
