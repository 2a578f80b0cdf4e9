import fc from "fast-check";
import { QUADLET_TYPES, quadletKeysIn } from "../../server/src/facts/quadlets/keys.ts";
import type { QuadletFiles } from "./podmanGenerator.ts";

const STEMS = ["a", "b", "a-b", "t@", "t@i", "x.y", "a b"];

const NAMES = STEMS.flatMap((stem) => QUADLET_TYPES.map(({ extension }) => `${stem}.${extension}`));

/** Values that one key or another takes for something special. */
const VALUES = [
  "",
  "1",
  "yes",
  "no",
  "TRUE",
  "t",
  "x",
  "localhost/x:1",
  "x:latest",
  "unit",
  "yaml",
  "file",
  "/abs",
  "/abs/",
  "./rel",
  "../up",
  "rel/p",
  "%h/p",
  "%%x",
  "%n",
  "~/x",
  "a=b",
  "a=b c=d",
  'a="b c"',
  "'a b'",
  '"a b"',
  '"a',
  "it's",
  'a"b"',
  "a\\x20b",
  "a\\tb",
  "a\\q",
  "\\",
  '""',
  "''",
  'a "" b',
  "ä ✓",
  '["a","b"]',
  "a;b # c",
  "10",
  "0x10",
  "010",
  "-1",
  "10s",
  "80",
  "80:80",
  "127.0.0.1:80:90/tcp",
  "80-90/udp",
  "keep-id",
  "auto",
  "manual",
  "host",
  "none",
  "healthy",
  "-/dev/null",
  "-/dev/nope:r",
  "/dev/x",
  "image",
  "bind",
  "tmpfs",
  "type=bind,src=/a,dst=/b",
  "type=volume,source=a.volume,dst=/b",
  "type=bind,src=./a b,dst=/b",
  "type=tmpfs,dst=/b",
  "type=image,source=a.image,dst=/b",
  "type=bind,dst=/b",
  'type=bind,"src=/a,b",dst=/c',
  "src=/a,dst=/b",
  'type=bind,\\"src=/a,b\\",dst=/c',
  "type=glob,src=./x*,dst=/b,",
  "type=bind,src",
  "git://x",
  "https://x/y",
  "github.com/x",
  "/a:/b",
  "./r:/b:ro,Z",
  "a:b:c:d",
  ":x",
  "/a b:/c",
  "10.0.0.0/24",
  "local/registry",
  "x/y/z",
  "a=b\\\n  c=d",
  "a \\\n# c\n b",
] as const;

const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 2, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.constantFrom(...NAMES).map((it) => `${it}:/b:ro`) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(..."ab=,:/.\\\"' %$-@#;[]ä\t0x"), maxLength: 12 }) },
);

/** Settings of sections that are systemd's, or of the generator's shared one. */
const OTHERS = [
  "[Quadlet]\nDefaultDependencies=no",
  "[Quadlet]\nDefaultDependencies=x",
  "[Quadlet]\nFoo=1",
  "[Service]\nType=oneshot",
  "[Service]\nType=simple",
  "[Service]\nType=notify\nType=oneshot",
  "[Service]\nKillMode=none",
  "[Service]\nKillMode=control-group",
  "[Service]\nWorkingDirectory=/w",
  "[Service]\nSyslogIdentifier=",
  "[Service]\nRestart=no\nRemainAfterExit=no",
  "[Service]\nNotifyAccess=main\nDelegate=no\nExecStart=/x",
  "[Unit]\nAfter=a.container b.network\nDescription=x",
  "[Install]\nWantedBy=default.target",
  "# comment\n\n[Foo]\n; other\nx = y \\\n  z",
  "[X-Container]\na=b",
  "[Unit]\n\n\n# last",
  "[Foo bar]\nx=y",
  "  [Service]  \n  Environment = a=b",
  '[Service]\nType="oneshot"',
  "[Unit]\nWants=a.pod\nWants=",
];

const BROKEN = ["Foo", "[Foo", "[]", "=x", "[Foo] # x", ": x", "x\\"];

const line = (section: string): fc.Arbitrary<string> => {
  const keys = quadletKeysIn(section).map(({ name }) => name);
  return fc.tuple(fc.constantFrom(...keys), value).map(([key, text]) => `${key}=${text}`);
};

/** What makes most files be taken. */
const BASE: Readonly<Record<string, readonly string[]>> = {
  Container: ["Image=localhost/x:1"],
  Kube: ["Yaml=a.yml"],
  Image: ["Image=localhost/i:1"],
  Build: ["ImageTag=localhost/b:1", "SetWorkingDirectory=unit"],
  Artifact: ["Artifact=localhost/a:1"],
};

const text = (extension: string): fc.Arbitrary<string> => {
  const { section } = QUADLET_TYPES.find((it) => it.extension === extension) ?? { section: "Container" };
  return fc
    .record({
      base: fc.boolean(),
      lines: fc.array(line(section), { maxLength: 5 }),
      others: fc.array(fc.constantFrom(...OTHERS), { maxLength: 2 }),
      broken: fc.oneof(
        { weight: 40, arbitrary: fc.constant("") },
        { weight: 1, arbitrary: fc.constantFrom(...BROKEN) },
      ),
      first: fc.boolean(),
    })
    .map(({ base, lines, others, broken, first }) => {
      const own = [`[${section}]`, ...(base || broken === "" ? (BASE[section] ?? []) : []), ...lines, broken].join(
        "\n",
      );
      return `${(first ? [own, ...others] : [...others, own]).join("\n")}\n`;
    });
};

const file = fc
  .constantFrom(...NAMES, "a.container", "a.container", "b.container", "a.pod", "a.volume", "a.network")
  .chain((name) => fc.tuple(fc.constant(name), text(name.slice(name.lastIndexOf(".") + 1))));

const DROP_INS = [
  "a.container.d/1.conf",
  "container.d/1.conf",
  "container.d/2.conf",
  "a-.container.d/0.conf",
  "t@.container.d/3.conf",
  "sub/a.container.d/1.conf",
  "pod.d/x.conf",
];

const dropIn = fc
  .constantFrom(...DROP_INS)
  .chain((name) => fc.tuple(fc.constant(name), text(name.startsWith("pod") ? "pod" : "container")));

/** Folders of quadlets, as wild as they come; the same seed makes the same ones. */
export const quadletFolders: fc.Arbitrary<QuadletFiles> = fc
  .record({
    files: fc.array(file, { minLength: 1, maxLength: 4 }),
    below: fc.array(file, { maxLength: 1 }),
    dropIns: fc.array(dropIn, { maxLength: 2 }),
    user: fc.boolean(),
  })
  .map(({ files, below, dropIns, user }) => ({
    files: Object.fromEntries([...files, ...below.map(([name, it]) => [`sub/${name}`, it] as const), ...dropIns]),
    user,
  }));
