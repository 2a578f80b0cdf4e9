import assert from "node:assert/strict";
import { novelty } from "../../server/src/learn/novelty.ts";

describe("what is new in a log", () => {
  it("is told once, with relative paths below their folders", () => {
    const news = novelty();
    const lines = [
      '100 1.5 openat(AT_FDCWD</srv>, "a/b", O_RDONLY) = 3</srv/a/b>',
      '100 1.6 openat(AT_FDCWD</srv>, "/etc//x/.", O_RDONLY) = 3</etc/x>',
      '100 1.7 rename("relative", "/with<\\"quote") = 0',
      "100 1.8 fchdir(4</odd \\76 \\303\\244>) = 0",
      '100 1.8 openat(AT_FDCWD</srv>, "cut off <unfinished ...>',
      "strace: no call",
    ];
    assert.deepEqual(news.add(lines.join("\n")), [
      "/srv",
      "/srv/a/b",
      "/etc/x",
      "/srv/relative",
      '/with<"quote',
      "/odd > ä",
    ]);
    assert.equal(news.take(), "3 system calls (openat, rename, fchdir), 6 paths (/srv, /srv/a/b, /etc/x, …)");
    assert.deepEqual(news.add(lines.join("\n")), []);
    assert.equal(news.take(), undefined);
  });

  it("counts relative paths from where their process is", () => {
    const lines = [
      '100 1.0 chdir("/var") = 0',
      '100 1.1 mkdir("lib", 0777) = -1 EEXIST (File exists)',
      '100 1.2 chdir("lib") = 0',
      '101 1.3 mkdir("x", 0777) = -1 EEXIST (File exists)',
      "101 1.4 fchdir(3</run>) = 0",
      '101 1.5 chdir("nowhere") = -1 ENOENT (No such file or directory)',
      '101 1.6 mkdir("y", 0777 <unfinished ...>',
      '100 1.7 unlink("z") = 0',
    ];
    const expected = ["/var", "/var/lib", "/var/lib/x", "/run", "/run/nowhere", "/run/y", "/var/lib/z"];
    assert.deepEqual(novelty().add(lines.join("\n")), expected);
  });

  it("takes time that grows with the length of a line alone", () => {
    const once = (text: string): number => {
      const from = process.cpuUsage().user;
      novelty().add(`open(${text}`);
      return process.cpuUsage().user - from;
    };
    // The quickest of some: others that use the processor only ever slow one down.
    const time = (text: string): number => Math.min(...Array.from({ length: 3 }, () => once(text)));
    for (const piece of ["</a", '"', '<"', "\\", "(AT_FDCWD</a", 'chdir("']) {
      const short = Math.max(time(piece.repeat(100_000)), 2000);
      assert.ok(time(piece.repeat(400_000)) < short * 12, piece);
    }
  });
});
