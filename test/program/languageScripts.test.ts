import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readPrograms } from "../../server/src/program/readProgram.ts";
import { memoryFiles } from "./kit.ts";
import { shownScript } from "./readScript.ts";

const shown = (interpreter: string, body: string, others: Readonly<Record<string, string>> = {}, run = {}) =>
  shownScript("/opt/shop/main", `#!/usr/bin/env ${interpreter}\n${body}`, others, run);
const signsOf = (interpreter: string, body: string): readonly string[] => shown(interpreter, body).signs;

describe("scripts of other languages", () => {
  it("are named by the arguments of their interpreter", () => {
    const files = { "/srv/shop/src/server.js": "process.setuid(1)", "/srv/shop/shop/__main__.py": "import serial" };
    const read = (path: string, args: readonly string[]): readonly string[] => [
      ...new Set(
        shownScript(path, "\x7fELF", files, { args, folder: "/srv/shop" }).signs.map((it) => it.split(" ")[0] ?? ""),
      ),
    ];
    assert.deepEqual(read("/usr/bin/node", ["--max-old-space-size=99", "src/server.js"]), [
      "compiles",
      "procFiles",
      "setuid",
    ]);
    assert.deepEqual(read("/usr/bin/python3.13", ["-u", "-m", "shop"]), ["devices"]);
    assert.deepEqual(read("/usr/bin/python3", ["-c", "import os; os.chown('/', 1, 1)"]), ["chown"]);
    assert.deepEqual(read("/bin/sh", ["-c", "exec chown x /srv"]), ["chown"]);
    assert.deepEqual(read("/usr/bin/env", ["A=b", "node", "src/server.js"]), ["compiles", "procFiles", "setuid"]);
    assert.deepEqual(read("/usr/bin/java", ["-Xmx1g", "-jar", "/srv/x.jar"]), ["compiles", "procFiles"]);
    assert.deepEqual(read("/usr/sbin/php-fpm8.4", ["--nodaemonize"]), ["compiles"]);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of a unit
    const unknown = ["$NODE_OPTIONS", "${A}", "src/server.js"];
    assert.deepEqual(read("/usr/bin/node", unknown), ["compiles", "procFiles", "setuid"]);
    assert.deepEqual(read("/usr/sbin/nginx", ["-g", "daemon off;"]), []);
  });

  it("show the families of their sockets, and those that their text does not name", () => {
    const open = (text: string): readonly string[] =>
      signsOf("python3", `import socket\n${text}`).filter((it) => !it.startsWith("socket by socket"));
    assert.deepEqual(open("socket.socket()"), []);
    assert.deepEqual(open("socket.socket(socket.AF_INET)"), ["socket by AF_INET:3"]);
    assert.deepEqual(open("socket.socket(family)"), ["socketKind by socket.socket:3"]);
    assert.deepEqual(open("socket.socket(31, 1, 3)"), ["socketKind by socket.socket:3"]);
    assert.ok(signsOf("perl", "socket(my $s, PF_INET, SOCK_STREAM, 0);").includes("socket by PF_INET:2"));
    assert.ok(signsOf("ruby", "Socket.new(:PACKET, :RAW)\n").includes("socketKind by Socket.new:2"));
    assert.ok(signsOf("php", "<?php socket_create($f, 1, 0);").includes("socketKind by socket_create:2"));
  });

  it("show paths of which the rest is put to them, or stands for many", () => {
    assert.deepEqual(signsOf("python3", "import glob\nglob.glob('/dev/ttyUSB*')\n"), ["devices by /dev/ttyUSB*:3"]);
    assert.deepEqual(signsOf("python3", "open('/dev/' + name)\n"), ["devices by /dev/:2"]);
    assert.deepEqual(signsOf("perl", "print for glob('/proc/[0-9]*');\n"), ["processes by /proc/[0-9]*:2"]);
    assert.deepEqual(signsOf("lua", "read('/home/' .. name)\n"), ["homes by /home/:2"]);
    assert.deepEqual(signsOf("ruby", "get '/home'\n"), []);
  });

  it("start what a call names, or hands on what does not stand there", () => {
    const starting = (text: string): readonly string[] =>
      readPrograms(
        [{ path: "/opt/x", args: [], environment: {} }],
        memoryFiles({ "/opt/x": `#!/usr/bin/python3\nimport subprocess\n${text}` }),
      ).files.flatMap((it) => it.signs.flatMap(({ sign, form, what }) => (sign === "exec" ? `${form} ${what}` : [])));
    assert.deepEqual(starting("subprocess.run(['sleep', '1'])"), ["command sleep"]);
    assert.deepEqual(starting("subprocess.run('sleep 1', shell=True)"), ["command sleep"]);
    assert.deepEqual(starting("tool = 'sleep'\nsubprocess.run(tool)"), ["command sleep", "call subprocess.run"]);
    assert.deepEqual(starting("subprocess.run(tool)"), ["call subprocess.run"]);
    assert.deepEqual(starting("def run(tool):\n    subprocess.run(tool)"), ["call subprocess.run"]);
    assert.deepEqual(starting("subprocess.run(['(odd', '1'])"), ["call subprocess.run"]);
  });

  it("show what they call and load", () => {
    assert.deepEqual(signsOf("python3", "import os\nos.setuid(33)\n"), ["setuid by os.setuid:3"]);
    assert.deepEqual(signsOf("python3", "from os import chown as give\ngive('/srv', 1, 1)\n"), ["chown by os.chown:3"]);
    assert.deepEqual(signsOf("python3", "import serial\nserial.Serial('/dev/ttyUSB0')\n"), [
      "devices by serial:2",
      "devices by /dev/ttyUSB0:3",
    ]);
    assert.deepEqual(
      signsOf("python3", "import ctypes\nlibc = ctypes.CDLL('libc.so.6')\nlibc.sethostname(b'x', 1)\n"),
      ["hostName by sethostname:4"],
    );
    assert.ok(
      signsOf("python3", "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)").includes(
        "packets by SOCK_RAW:3",
      ),
    );
    assert.deepEqual(signsOf("perl", "use POSIX qw(setuid);\nsetuid(33);\nchown 1, 2, '/srv';\n"), [
      "setuid by setuid:3",
      "chown by chown:4",
    ]);
    assert.deepEqual(signsOf("ruby", "require 'serialport'\nProcess::Sys.setuid(33)\n"), [
      "devices by serialport:2",
      "setuid by Process.Sys.setuid:3",
    ]);
    assert.deepEqual(signsOf("node", "const { SerialPort } = require('serialport');\nprocess.setuid('shop');\n"), [
      "devices by serialport:2",
      "setuid by process.setuid:3",
      "compiles by node:1",
      "procFiles by node:1",
    ]);
    assert.deepEqual(signsOf("php", "<?php\nposix_setuid(33);\nchown('/srv', 'x');\n"), [
      "setuid by posix_setuid:3",
      "chown by chown:4",
      "compiles by php:1",
    ]);
    assert.deepEqual(signsOf("lua", "local s = require('luars232')\n"), ["devices by luars232:2"]);
  });

  it("start programs that their text names, as lists, lines and constants", () => {
    const starts = (interpreter: string, body: string): readonly string[] => {
      const { starts: found, hides } = shown(interpreter, body);
      assert.deepEqual(hides, [], body);
      return found;
    };
    for (const body of [
      "import subprocess\nsubprocess.run(['/opt/d', '-x'])",
      "from subprocess import Popen as P\nP('/opt/d -x', shell=True)",
      "import os\nos.system('cd /srv; /opt/d > /dev/null')",
      "import subprocess\nTOOL = '/opt/d'\nsubprocess.check_call([TOOL, name])",
      "import subprocess\ncommand = ['/opt/d'] + sys.argv\nsubprocess.call(command)",
      "import subprocess\ncommand = ['/opt/d', name]\nsubprocess.check_call(command)\n",
      "import shlex, subprocess\ndef run(line):\n    subprocess.run(shlex.split(line))\nrun('/opt/d -x')\n",
      "import subprocess\ndef run(what, *more):\n    subprocess.run(what)\nrun('/opt/d')\n",
      "import os\nos.execv('/opt/d', ['d', '-x'])",
      "import subprocess\nsubprocess.run(f'/opt/d {name}', shell=True)",
      "import asyncio\nasyncio.create_subprocess_exec('/opt/d', '-x')",
    ])
      assert.deepEqual(starts("python3", body), ["/opt/d"], body);
    for (const body of [
      "system('/opt/d', '-x');",
      "exec '/opt/d';",
      "my $x = `/opt/d -x`;",
      'my $d = "/opt/d";\nexec "$d $x";',
      "my $x = qx(/opt/d);",
    ])
      assert.deepEqual(starts("perl", body), ["/opt/d"], body);
    for (const body of [
      "system('/opt/d', '-x')",
      "exec '/opt/d'",
      "x = `/opt/d`",
      "IO.popen(['/opt/d'])",
      "x = %x(/opt/d)",
    ])
      assert.deepEqual(starts("ruby", body), ["/opt/d"], body);
    for (const body of [
      "require('child_process').spawn('/opt/d', ['-x'])",
      "const { execFile: run } = require('node:child_process');\nrun('/opt/d')",
      "import cp from 'child_process';\ncp.exec('/opt/d -x')",
      "import { exec } from 'child_process';\nconst go = promisify(exec);\ngo('/opt/d')",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the script
      "const cp = require('child_process');\ncp.execSync(`/opt/d ${x}`)",
    ])
      assert.deepEqual(starts("node", body), ["/opt/d"], body);
    for (const body of ["<?php exec('/opt/d -x');", "<?php $x = `/opt/d`;", "<?php proc_open(['/opt/d'], $a, $b);"])
      assert.deepEqual(starts("php", body), ["/opt/d"], body);
    assert.deepEqual(starts("lua", "os.execute('/opt/d -x')\nio.popen [[/opt/e]]"), ["/opt/d", "/opt/e"]);
  });

  it("show what a started program does", () => {
    const { signs } = shown("python3", "import subprocess\nsubprocess.run(['sudo', 'iptables', '-A', 'INPUT'])\n");
    assert.deepEqual(signs, ["setuid by sudo:3", "privileged by sudo:3", "networkSettings by iptables:3"]);
  });

  it("say where they start or load what their text does not name", () => {
    assert.deepEqual(shown("python3", "import subprocess\nsubprocess.run(sys.argv[1:])").hides, [
      "starts programs by subprocess.run() that its text does not name",
    ]);
    assert.deepEqual(shown("python3", "import importlib\nimportlib.import_module(name)").hides, [
      "loads by importlib.import_module() what its text does not name",
    ]);
    assert.deepEqual(shown("node", "require(lib + '/cli').run()").hides, [
      "loads by require() what its text does not name",
    ]);
    assert.deepEqual(shown("perl", "exec {$x} @a;").hides, ["starts programs by exec() that its text does not name"]);
  });

  it("change their user and read from programs as Perl does", () => {
    const perl = shown(
      "perl",
      "$> = $id; if ($< == 0) { ($<, $>) = (1, 1) }\nopen(P, 'ps aux |'); open(my $f, '-|', '/opt/d', 'x');\nopen(my $g, '<', $x);",
    );
    assert.deepEqual(perl.signs, ["processes by ps:3", "setuid by $>:2", "setuid by $<:2"]);
    assert.deepEqual(perl.starts, ["ps", "/opt/d"]);
    assert.deepEqual(perl.hides, []);
  });

  it("start what their functions are handed, whatever else has the same name", () => {
    const script = "import subprocess\ncommand = ['id']\ndef run(command):\n    subprocess.run(command)\n";
    assert.deepEqual(shown("python3", `${script}run(['/opt/d'])\n`).starts, ["/opt/d"]);
    assert.deepEqual(shown("python3", `${script}run(sys.argv)\n`).hides, [
      "starts programs by subprocess.run() that its text does not name",
    ]);
  });

  it("take exec() of JavaScript for that of an expression", () => {
    const { starts, hides } = shown("node", "const m = /a+/.exec(text);\nconst n = pattern.exec('/opt/d');\n");
    assert.deepEqual([starts, hides], [[], []]);
  });

  it("have modules of their own, which are read, and others, which count by their names", () => {
    const python = shown("python3", "from shop import bills\nimport requests\nimport shop.mail as m\n", {
      "/opt/shop/shop/__init__.py": "",
      "/opt/shop/shop/bills.py": "from . import clock\nfrom .deep.door import x\n",
      "/opt/shop/shop/clock.py": "import time\ntime.clock_settime(0, 1)\n",
      "/opt/shop/shop/deep/door.py": "",
      "/opt/shop/shop/mail.py": "",
      "/usr/lib/python3/dist-packages/requests/__init__.py": "import os\nos.chroot('/')\n",
    });
    assert.deepEqual(python.files.map((it) => it.replace("/opt/shop/", "")).sort(), [
      "main",
      "shop/__init__.py",
      "shop/bills.py",
      "shop/clock.py",
      "shop/deep/door.py",
      "shop/mail.py",
    ]);
    assert.deepEqual(python.signs, ["socket by requests:3", "clock by time.clock_settime:2"]);

    const node = shown("node", "require('./lib/a');\nimport('./lib').then();\nrequire('express');\n", {
      "/opt/shop/lib/a.js": "require('../b.json')",
      "/opt/shop/lib/index.js": "require('./a.js')",
      "/opt/shop/b.json": "{}",
      "/opt/shop/node_modules/express/index.js": "require('fs').chownSync('/', 0, 0)",
    });
    assert.deepEqual(node.files, [
      "/opt/shop/main",
      "/opt/shop/node_modules",
      "/opt/shop/lib/a.js",
      "/opt/shop/lib/index.js",
    ]);

    const perl = shown("perl", "use lib '/opt/shop/perl';\nuse Shop::Bills;\nrequire Shop::Mail;\n", {
      "/opt/shop/perl/Shop/Bills.pm": "package Shop::Bills;\nchroot('/srv');\n1;",
      "/opt/shop/perl/Shop/Mail.pm": "1;",
    });
    assert.equal(perl.files.length, 3);
    assert.deepEqual(perl.signs, ["chroot by chroot:2"]);

    const ruby = shown("ruby", "require_relative 'lib/a'\nrequire 'b'\n", {
      "/opt/shop/lib/a.rb": "",
      "/opt/shop/lib/b.rb": "",
    });
    assert.equal(ruby.files.length, 3);
    const php = shown("php", "<?php require __DIR__ . '/inc/a.php';", { "/opt/shop/inc/a.php": "<?php chroot('/');" });
    assert.deepEqual(php.signs, ["compiles by php:1", "chroot by chroot:1"]);
    const lua = shown("lua", "require 'shop.a'", { "/opt/shop/shop/a.lua": "os.execute('mount /srv')" });
    assert.deepEqual(lua.signs, ["mount by mount:1"]);
  });

  it("belong together by their package", () => {
    const { files } = shownScript(
      "/usr/bin/shop",
      "#!/usr/bin/python3\nimport shop\nimport requests\n",
      {
        "/usr/lib/python3/dist-packages/shop/__init__.py": "",
        "/usr/lib/python3/dist-packages/requests/__init__.py": "",
      },
      {},
      {
        "/usr/bin/shop": "shop",
        "/usr/lib/python3/dist-packages/shop": "shop",
        "/usr/lib/python3/dist-packages/req": "requests",
      },
    );
    assert.deepEqual(files, ["/usr/bin/shop", "/usr/lib/python3/dist-packages/shop/__init__.py"]);
  });

  it("belong to what a script of an environment is made to call", () => {
    const { files } = shownScript(
      "/opt/shop/venv/bin/shopd",
      "#!/opt/shop/venv/bin/python3\nimport sys\nfrom shop.cli import main\nif __name__ == '__main__':\n    sys.exit(main())\n",
      {
        "/opt/shop/venv/lib/python3.13/site-packages/shop/cli.py": "import requests, shop.bills",
        "/opt/shop/venv/lib/python3.13/site-packages/shop/bills.py": "",
        "/opt/shop/venv/lib/python3.13/site-packages/requests/__init__.py": "",
      },
    );
    assert.deepEqual(
      files.map((it) => it.replace(/.*\//, "")),
      ["shopd", "cli.py", "bills.py"],
    );
  });

  it("belong to what a short script ends with, where no package manager says more", () => {
    const { files } = shownScript(
      "/usr/bin/shopd",
      "#!/usr/bin/python3\nfrom shop.server import serve, sys\nif __name__ == '__main__':\n    serve(sys.argv)\n",
      {
        "/usr/lib/python3/dist-packages/shop/server.py": "import requests, shop.bills",
        "/usr/lib/python3/dist-packages/shop/bills.py": "",
        "/usr/lib/python3/dist-packages/requests/__init__.py": "",
      },
    );
    assert.deepEqual(
      files.map((it) => it.replace(/.*\//, "")),
      ["shopd", "server.py", "bills.py"],
    );
  });

  it("are found behind the entry points of setuptools", () => {
    for (const text of [
      "# EASY-INSTALL-ENTRY-SCRIPT: 'shop-d==4.5','console_scripts','shop'",
      "f(load_entry_point('shop-d', 'console_scripts', 'shop')())",
    ]) {
      const { files } = shownScript(
        "/usr/bin/shop",
        `#!/usr/bin/python3\n${text}\n`,
        {
          "/usr/lib/python3/dist-packages/shop_d-4.5.egg-info/entry_points.txt":
            "[console_scripts]\nother = x:y\nshop = bills.cli:main\n",
          "/usr/lib/python3/dist-packages/bills/cli.py": "",
        },
        {},
      );
      assert.deepEqual(files, ["/usr/bin/shop", "/usr/lib/python3/dist-packages/bills/cli.py"]);
    }
  });

  it("may load all that is installed for them alone", () => {
    const devices = (interpreter: string, others: Readonly<Record<string, string>>, run = {}): readonly string[] =>
      shown(interpreter, "", others, run).signs.filter((it) => it.startsWith("devices"));
    assert.deepEqual(devices("node", { "/opt/shop/node_modules/@serialport/bindings-cpp/package.json": "{}" }), [
      "devices by @serialport/bindings-cpp:undefined",
    ]);
    const lock = '{"packages":{"":{},"node_modules/a/node_modules/serialport":{"version":"1"}}}';
    assert.deepEqual(devices("node", { "/opt/shop/package-lock.json": lock }), ["devices by serialport:undefined"]);
    assert.deepEqual(devices("ruby", { "/opt/shop/Gemfile.lock": "GEM\n  specs:\n    serialport (1.3)\n" }), [
      "devices by serialport:undefined",
    ]);
    const environment = {
      "/opt/shop/venv/pyvenv.cfg": "",
      "/opt/shop/venv/lib/python3.13/site-packages/serial/__init__.py": "",
      "/opt/shop/venv/lib/python3.13/site-packages/pyserial-3.5.dist-info/METADATA": "",
    };
    assert.deepEqual(devices("x", environment, { interpreter: "/opt/shop/venv/bin/python3" }), [
      "devices by serial:undefined",
    ]);
    assert.deepEqual(devices("x", environment, { interpreter: "/usr/bin/python3" }), []);
  });

  it("run in an environment whose interpreter is a link", () => {
    const files = memoryFiles(
      {
        "/usr/bin/python3.13": "\x7fELF",
        "/opt/shop/venv/pyvenv.cfg": "",
        "/opt/shop/venv/lib/python3.13/site-packages/serial/__init__.py": "",
        "/opt/shop/main.py": "",
      },
      { "/opt/shop/venv/bin/python3": "/usr/bin/python3.13" },
    );
    const command = { path: "/opt/shop/venv/bin/python3", args: ["/opt/shop/main.py"], environment: {} };
    const signs = readPrograms([command], files).files.flatMap((it) => it.signs.map(({ sign }) => sign));
    assert.deepEqual(signs, ["devices"]);
  });

  it("load the program that a server is handed", () => {
    const server = { "/usr/lib/python3/dist-packages/gunicorn/app.py": "import os\nos.setuid(1)\n" };
    const app = { "/srv/shop/shop/wsgi.py": "import serial\n" };
    const text = "#!/usr/bin/python3\nfrom gunicorn.app import run\nimport sys\nsys.exit(run())\n";
    const run = { args: ["-b", "127.0.0.1:8000", "shop.wsgi:application"], folder: "/srv/shop" };
    const read = shownScript("/usr/bin/gunicorn", text, { ...server, ...app }, run);
    assert.deepEqual(read.signs, ["socket by gunicorn.app:2", "devices by serial:1"]);
    assert.deepEqual(shownScript("/usr/bin/gunicorn", text, server, run).hides, [
      "loads shop.wsgi, which is not found",
    ]);
    const bare = shownScript("/usr/bin/gunicorn", text);
    assert.deepEqual(bare.unread, ["gunicorn.app (/usr/bin/gunicorn) is a module that is not on this machine"]);
  });

  it("do not do what their comments, documentation and texts say", () => {
    const quiet: readonly (readonly [string, string])[] = [
      ["python3", '"""Use os.setuid(0) and /dev/mem."""\n# os.chown(1)\nx = "os.chroot()"\n'],
      ["node", "// process.setuid(0)\n/* fs.chown() */ const x = 'process.setuid(0)'; const y = /process.setuid(/;\n"],
      ["perl", "# chown(1);\nmy $x = 'chroot(1)';\n=pod\n\nsetuid(0)\n\n=cut\n$y = q{kill(1)};\n__END__\nchroot(1)\n"],
      ["ruby", "# Process.setuid(1)\n=begin\nDir.chroot('/')\n=end\nx = 'Dir.chroot(1)'\n"],
      ["lua", "-- os.execute('mount')\n--[[ os.execute('mount') ]]\nx = [[os.execute('mount')]]\n"],
      ["php", "chroot('/') <?php # chown(1)\n// chown(1)\n/* chown(1) */ $x = 'chown(1)'; ?> chown(1)"],
    ];
    for (const [interpreter, body] of quiet)
      assert.deepEqual(
        signsOf(interpreter, body).filter((it) => !/ompile|by node/.test(it)),
        [],
        interpreter,
      );
  });
});
