/** What the probe met at one path; an error is its name, such as `EROFS`. */
export interface Met {
  /** Why it cannot be looked at; missing where it can. */
  readonly missing?: string;
  readonly kind?: "dir" | "file" | "device" | "other";
  /** Device and inode, by which a file is the same file. */
  readonly id?: string;
  readonly mode?: number;
  /** Flags of the mount. */
  readonly readOnly?: boolean;
  readonly noexec?: boolean;
  readonly names?: readonly string[];
  readonly read?: string;
  readonly write?: string;
  /** Of the program `tool` in a directory, or of the file itself. */
  readonly execute?: string;
}

/** A mount as /proc/self/mountinfo has it. */
export interface Mounted {
  readonly path: string;
  readonly root: string;
  readonly flags: readonly string[];
}

/** All that a probe met. */
export interface Meeting {
  readonly paths: Readonly<Record<string, Met>>;
  readonly mounts: readonly Mounted[];
  readonly uid: number;
  readonly effective: string;
  readonly bounding: string;
  readonly noNewPrivileges: boolean;
  readonly devices: readonly string[];
  /** The network namespace. */
  readonly network: string;
  readonly sockets: Readonly<Record<string, string>>;
  readonly processes: number;
}

/** A program that reads paths from its standard input, one a line, and prints a Meeting. */
export const PROBE = String.raw`import errno, json, os, socket, stat, sys, tempfile

def name(error):
    return errno.errorcode.get(error.errno, str(error.errno))

def attempt(action):
    try:
        action()
        return "ok"
    except OSError as error:
        return name(error)

def create(folder):
    path = os.path.join(folder, ".probe-%d" % os.getpid())
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    os.unlink(path)

def run(path):
    pid = os.posix_spawn(path, [path], {})
    os.waitpid(pid, 0)

def meet(path):
    try:
        found = os.stat(path)
    except OSError as error:
        return {"missing": name(error)}
    is_dir, is_file = stat.S_ISDIR(found.st_mode), stat.S_ISREG(found.st_mode)
    device = stat.S_ISCHR(found.st_mode) or stat.S_ISBLK(found.st_mode)
    met = {
        "kind": "dir" if is_dir else "file" if is_file else "device" if device else "other",
        "id": "%d:%d" % (found.st_dev, found.st_ino),
        "mode": stat.S_IMODE(found.st_mode),
    }
    try:
        flags = os.statvfs(path).f_flag
        met["readOnly"], met["noexec"] = bool(flags & os.ST_RDONLY), bool(flags & os.ST_NOEXEC)
    except OSError:
        pass
    if is_dir:
        try:
            met["names"] = sorted(os.listdir(path))
            met["read"] = "ok"
        except OSError as error:
            met["read"] = name(error)
        met["write"] = attempt(lambda: create(path))
        program = os.path.join(path, "tool")
        if os.path.isfile(program):
            met["execute"] = attempt(lambda: run(program))
    elif is_file:
        met["read"] = attempt(lambda: os.close(os.open(path, os.O_RDONLY)))
        met["write"] = attempt(lambda: os.close(os.open(path, os.O_WRONLY | os.O_APPEND)))
        if found.st_mode & 0o111 and path.endswith("/tool"):
            met["execute"] = attempt(lambda: run(path))
    elif device and os.path.basename(path) in ("null", "zero", "full", "random", "urandom"):
        met["read"] = attempt(lambda: os.close(os.open(path, os.O_RDONLY)))
        met["write"] = attempt(lambda: os.close(os.open(path, os.O_WRONLY)))
    return met

def mounts():
    found = []
    for line in open("/proc/self/mountinfo"):
        fields = line.split()
        path = fields[4].encode().decode("unicode_escape")
        found.append({"path": path, "root": fields[3], "flags": fields[5].split(",")})
    return found

def status():
    return dict(line.split(":\t", 1) for line in open("/proc/self/status").read().splitlines() if ":\t" in line)

def sockets():
    kinds = {"AF_UNIX": socket.SOCK_STREAM, "AF_INET": socket.SOCK_DGRAM, "AF_INET6": socket.SOCK_DGRAM,
             "AF_NETLINK": socket.SOCK_RAW, "AF_PACKET": socket.SOCK_DGRAM}
    return {family: attempt(lambda: socket.socket(getattr(socket, family), kind).close()) for family, kind in kinds.items()}

def listing(path):
    try:
        return sorted(os.listdir(path))
    except OSError:
        return []

def link(path):
    try:
        return os.readlink(path)
    except OSError:
        return ""

about = status()
print(json.dumps({
    "paths": {path: meet(path) for path in sys.stdin.read().splitlines()},
    "mounts": mounts(),
    "uid": os.geteuid(),
    "effective": about["CapEff"],
    "bounding": about["CapBnd"],
    "noNewPrivileges": about["NoNewPrivs"] == "1",
    "devices": listing("/dev"),
    "network": link("/proc/self/ns/net"),
    "sockets": sockets(),
    "processes": sum(name.isdigit() for name in listing("/proc")),
}))
`;
