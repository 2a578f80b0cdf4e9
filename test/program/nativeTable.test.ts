import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { hasRule } from "../../server/src/program/native/constants.ts";
import {
  CALL_SIGNS,
  GO_FUNCTION_SIGNS,
  GO_PACKAGE_SIGNS,
  signOfLibrary,
} from "../../server/src/program/native/nativeTable.ts";
import { SIGNS, type SignName } from "../../server/src/program/sign.ts";
import { skip } from "../kit/skip.ts";

const GATHERED = "../shared/program";

/** What the gathered tables call a need, by the sign that stands for it here. */
const NEEDS: Readonly<Record<string, readonly SignName[]>> = {
  affinity: ["affinity"],
  bind: ["bind"],
  bpf: ["bpf"],
  capset: ["capabilities"],
  chmod: ["mode"],
  chown: ["chown"],
  chroot: ["chroot", "mount"],
  clock: ["clock"],
  dlopen: ["plugins"],
  dns: ["names"],
  exec: ["exec"],
  homedir: ["homes", "exec"],
  homes: ["homes"],
  hostname: ["hostName"],
  ifs: ["netlink"],
  jit: ["compiles", "mayCompile"],
  jitlib: ["compiles"],
  kill: ["signals"],
  klog: ["kernelLog"],
  mknod: ["deviceNodes"],
  mlock: ["memoryLock"],
  modules: ["modules"],
  mount: ["mount"],
  netlink: ["netlink"],
  nice: ["nice"],
  ns: ["namespaces"],
  packet: ["packets"],
  pam: ["pam"],
  personality: ["personality"],
  posixipc: ["posixMemory"],
  procfs: ["procFiles"],
  proctable: ["processes"],
  ptrace: ["trace"],
  rawio: ["rawDevices"],
  rawsock: ["packets"],
  realtime: ["realtime"],
  rlimit: ["limits"],
  sdbus: ["bus"],
  setuid: ["setuid"],
  socket: ["socket"],
  sysvipc: ["sharedMemory"],
  udev: ["devices"],
};

interface Gathered {
  readonly need: string;
  readonly support: number;
  readonly contradiction: number;
}

const gathered = (name: string): readonly (readonly [string, Gathered])[] =>
  Object.entries(JSON.parse(readFileSync(`${GATHERED}/${name}.json`, "utf8")).entries);

const signsOf = ({ need }: Gathered): readonly SignName[] => NEEDS[need] ?? (need.startsWith("dev") ? ["devices"] : []);

describe("the table of what machine code shows", () => {
  it("names only signs that there are", () => {
    for (const it of [...CALL_SIGNS.values(), ...GO_FUNCTION_SIGNS.values(), ...GO_PACKAGE_SIGNS.values()])
      assert.ok(it in SIGNS, it);
  });

  it("means by each name what the gathered tables mean by it", function () {
    if (!existsSync(GATHERED)) return skip(this, "the facts gathered of podman are not here");
    const differing = [
      ...gathered("imports").flatMap(([name, it]) => different(name, it, CALL_SIGNS.get(name))),
      ...gathered("libraries").flatMap(([name, it]) => different(name, it, signOfLibrary(`${name}.so.1`))),
      ...gathered("go-packages").flatMap(([name, it]) => different(name, it, GO_PACKAGE_SIGNS.get(name))),
    ];
    assert.deepEqual(differing, []);
  });

  it("has each function and library that runs confirmed, but those of which they contradict most", function () {
    if (!existsSync(GATHERED)) return skip(this, "the facts gathered of podman are not here");
    const missing = (entries: readonly (readonly [string, Gathered])[], knows: (name: string) => boolean): string[] =>
      entries.flatMap(([name, it]) => (it.support > 0 && !knows(name) ? [name] : []));
    assert.deepEqual(
      missing(gathered("imports"), (it) => CALL_SIGNS.has(it) || hasRule(it)),
      LEFT_OUT,
    );
    assert.deepEqual(
      missing(gathered("libraries"), (it) => signOfLibrary(`${it}.so.1`) !== undefined),
      [],
    );
  });
});

const LEFT_OUT: readonly string[] = [
  "luaL_newstate", // Any Lua has it: the library says whether it compiles.
  "getpwnam", // Nearly all look users up.
  "udev_new", // It opens nothing by itself.
  "getpwuid_r",
  "getpwuid",
  "sysinfo", // It reads no file of /proc.
  "pthread_attr_setinheritsched", // The policy is set by others of the table.
  "getpwnam_r",
];

function different(name: string, it: Gathered, sign: SignName | undefined): readonly string[] {
  return sign === undefined || signsOf(it).includes(sign) ? [] : [`${name}: ${it.need} is not ${sign}`];
}
