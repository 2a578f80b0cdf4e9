import { lazy } from "../text/tables.ts";

/** An error number of Linux. */
interface ErrnoFacts {
  readonly number: number;
  /** What it says, without a full stop; missing for those that one hardly meets. */
  readonly meaning?: string;
}

/** What the usual ones say, with their numbers on most architectures. */
const usual = (): Readonly<Record<string, readonly [number: number, meaning: string]>> => ({
  EPERM: [1, "not permitted: the usual answer to a filtered call"],
  ENOENT: [2, "no such file or directory"],
  ESRCH: [3, "no such process"],
  EINTR: [4, "interrupted by a signal"],
  EIO: [5, "an I/O error of the device"],
  ENXIO: [6, "no such device or address"],
  E2BIG: [7, "too many arguments"],
  ENOEXEC: [8, "not an executable program"],
  EBADF: [9, "not an open file descriptor"],
  ECHILD: [10, "no child process"],
  EAGAIN: [11, "temporarily unavailable, try again"],
  EWOULDBLOCK: [11, "temporarily unavailable, try again"],
  ENOMEM: [12, "no memory is left"],
  EACCES: [13, "access is denied by file permissions or policy"],
  EFAULT: [14, "an invalid memory address"],
  EBUSY: [16, "it is in use"],
  EEXIST: [17, "it already exists"],
  EXDEV: [18, "it is on another file system"],
  ENODEV: [19, "no such device"],
  ENOTDIR: [20, "not a directory"],
  EISDIR: [21, "it is a directory"],
  EINVAL: [22, "an invalid argument"],
  ENFILE: [23, "the system has too many open files"],
  EMFILE: [24, "the process has too many open files"],
  ENOTTY: [25, "the device does not support this command"],
  ETXTBSY: [26, "the program is running"],
  EFBIG: [27, "the file gets too large"],
  ENOSPC: [28, "the disk is full"],
  ESPIPE: [29, "it is not seekable"],
  EROFS: [30, "the file system is read-only"],
  EMLINK: [31, "too many links"],
  EPIPE: [32, "the reader is gone"],
  EDOM: [33, "the argument is outside the function's domain"],
  ERANGE: [34, "the result is out of range"],
  EDEADLK: [35, "a deadlock would occur"],
  ENAMETOOLONG: [36, "the name is too long"],
  ENOLCK: [37, "no locks are left"],
  ENOSYS: [38, "the call does not exist: programs often fall back to another one"],
  ENOTEMPTY: [39, "the directory is not empty"],
  ELOOP: [40, "too many symbolic links"],
  ENODATA: [61, "no data is available"],
  ETIME: [62, "the timer ran out"],
  EPROTO: [71, "a protocol error"],
  EBADMSG: [74, "the message is invalid"],
  EOVERFLOW: [75, "the value does not fit"],
  EILSEQ: [84, "an invalid byte sequence"],
  ENOTSOCK: [88, "not a socket"],
  EDESTADDRREQ: [89, "a destination is missing"],
  EMSGSIZE: [90, "the message is too long"],
  ENOPROTOOPT: [92, "the protocol has no such option"],
  EPROTONOSUPPORT: [93, "the protocol is not supported"],
  ENOTSUP: [95, "it is not supported"],
  EOPNOTSUPP: [95, "it is not supported"],
  EAFNOSUPPORT: [97, "the address family is not supported"],
  EADDRINUSE: [98, "the address is in use"],
  EADDRNOTAVAIL: [99, "the address is not local"],
  ENETDOWN: [100, "the network is down"],
  ENETUNREACH: [101, "the network is unreachable"],
  ECONNABORTED: [103, "the connection was aborted"],
  ECONNRESET: [104, "the peer reset the connection"],
  ENOBUFS: [105, "no buffer space is left"],
  EISCONN: [106, "it is already connected"],
  ENOTCONN: [107, "it is not connected"],
  ETIMEDOUT: [110, "it took too long"],
  ECONNREFUSED: [111, "the connection was refused: nothing listens there"],
  EHOSTDOWN: [112, "the host is down"],
  EHOSTUNREACH: [113, "the host is unreachable"],
  EALREADY: [114, "it is already in progress"],
  EINPROGRESS: [115, "it is in progress"],
  ESTALE: [116, "the file handle is out of date"],
  EUCLEAN: [117, "the file system needs repair"],
  EDQUOT: [122, "the quota is used up"],
  ENOMEDIUM: [123, "no medium is in the drive"],
  ECANCELED: [125, "it was cancelled"],
  ENOKEY: [126, "no such key"],
  EKEYEXPIRED: [127, "the key has expired"],
  EKEYREJECTED: [129, "the key was rejected"],
  ERFKILL: [132, "the radio is switched off by rfkill"],
});

const OTHERS =
  "ENOTBLK=15 EDEADLOCK=35 ENOMSG=42 EIDRM=43 ECHRNG=44 EL2NSYNC=45 EL3HLT=46 EL3RST=47 ELNRNG=48 EUNATCH=49 " +
  "ENOCSI=50 EL2HLT=51 EBADE=52 EBADR=53 EXFULL=54 ENOANO=55 EBADRQC=56 EBADSLT=57 EBFONT=59 ENOSTR=60 ENOSR=63 " +
  "ENONET=64 ENOPKG=65 EREMOTE=66 ENOLINK=67 EADV=68 ESRMNT=69 ECOMM=70 EMULTIHOP=72 EDOTDOT=73 ENOTUNIQ=76 " +
  "EBADFD=77 EREMCHG=78 ELIBACC=79 ELIBBAD=80 ELIBSCN=81 ELIBMAX=82 ELIBEXEC=83 ERESTART=85 ESTRPIPE=86 EUSERS=87 " +
  "EPROTOTYPE=91 ESOCKTNOSUPPORT=94 EPFNOSUPPORT=96 ENETRESET=102 ESHUTDOWN=108 ETOOMANYREFS=109 ENOTNAM=118 " +
  "ENAVAIL=119 EISNAM=120 EREMOTEIO=121 EMEDIUMTYPE=124 EKEYREVOKED=128 EOWNERDEAD=130 ENOTRECOVERABLE=131 " +
  "EHWPOISON=133";

/** The error numbers by their names in capitals, the usual ones first. */
export const errnos = lazy(
  (): ReadonlyMap<string, ErrnoFacts> =>
    new Map<string, ErrnoFacts>([
      ...Object.entries(usual()).map(([name, [number, meaning]]) => [name, { number, meaning }] as const),
      ...OTHERS.split(" ").map((it) => {
        const [name = "", number = ""] = it.split("=");
        return [name, { number: Number(number) }] as const;
      }),
    ]),
);
