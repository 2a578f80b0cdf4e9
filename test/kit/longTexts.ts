/** The text of a service that has `size` of something, by what that is. */
type Shape = (size: number) => string;

const lines = (size: number, line: (i: number) => string): string =>
  Array.from({ length: size }, (_, i) => `${line(i)}\n`).join("");

/** The same setting over and over, each with a value of its own. */
const many =
  (name: string, value: (i: number) => string): Shape =>
  (size) =>
    `[Service]\nExecStart=/usr/bin/x\n${lines(size, (i) => `${name}=${value(i)}`)}`;

/** Services that are long in one way each, and cost something for each of what they have. */
export const LONG_TEXTS: Readonly<Record<string, Shape>> = {
  "NoExecPaths=": many("NoExecPaths", (i) => `/srv/d${i}`),
  "InaccessiblePaths=": many("InaccessiblePaths", (i) => `/srv/d${i >> 4}/${i & 15}`),
  "BindPaths=": many("BindPaths", (i) => `/srv/d${i}:/opt/d${i}`),
  "TemporaryFileSystem=": many("TemporaryFileSystem", (i) => `/srv/d${i}`),
  "StateDirectory=": many("StateDirectory", (i) => `d${i}`),
  "paths in one value": (size) =>
    `[Service]\nExecStart=/usr/bin/x\nReadOnlyPaths=${lines(size, (i) => `/srv/d${i} \\`)}\n`,
  "comments that silence one line": (size) =>
    `[Service]\n${"# unit-warden: ignore value/path\n".repeat(size)}ExecStart=x\n`,
  "comments that silence a line each": (size) =>
    `[Service]\n${"# unit-warden: ignore value/boolean\nLockPersonality=ja\n".repeat(size / 2)}`,
  "comments for the whole file": (size) =>
    `${"# unit-warden: ignore-file value/boolean\n".repeat(size / 2)}[Service]\n${"LockPersonality=ja\n".repeat(size / 2)}`,
  "codes in one comment": (size) => `[Service]\n# unit-warden: ignore ${"value/path ".repeat(size)}\nExecStart=x\n`,
  "unknown settings": (size) => `[Service]\n${lines(size, (i) => `Private${i}=x`)}`,
  "lines that are no settings": (size) => `[Service]\n${"junk\n".repeat(size)}`,
  "wrong values": (size) => `[Service]\n${"LockPersonality=ja\n".repeat(size)}`,
  "unknown sections": (size) => lines(size / 2, (i) => `[Section${i}]\nA=b`),
  "sections that begin again": (size) => "[Service]\nPrivateTmp=no\n[Unit]\nAfter=a.service\n".repeat(size / 4),
  "values that are overridden": (size) => `[Service]\n${lines(size, (i) => `User=u${i}`)}`,
  "Environment=": many("Environment", (i) => `A${i}=1`),
  commands: many("ExecStartPre", (i) => `/usr/bin/x${i} --write /srv/${i}`),
  "system calls": many("SystemCallFilter", (i) => (i % 2 ? "@system-service" : "~@clock mount")),
  "units without an order": (size) =>
    `[Unit]\n${lines(size, (i) => `Requires=a${i}.service`)}[Service]\nExecStart=/usr/bin/x\n`,
  "other units": (size) => `[Unit]\n${lines(size / 2, (i) => `Requires=a${i}.service\nAfter=a${i}.service`)}`,
  "lines that belong into another section": (size) =>
    `[Unit]\nDescription=x\n[Service]\nExecStart=/usr/bin/x\n${lines(size, (i) => `After=a${i}.service`)}`,
  "names of itself": (size) =>
    `[Service]\nExecStart=/usr/bin/x\n[Install]\n${lines(size, (i) => `Alias=a${i}.service`)}`,
  "a value of many lines": (size) => `[Service]\nEnvironment=A=1 \\\n${"  B=2 \\\n# c\n".repeat(size / 2)}C=3\n`,
  "one long value": (size) => `[Service]\nExecStart=/usr/bin/x ${'"a b" $C %i '.repeat(size)}\n`,
};
