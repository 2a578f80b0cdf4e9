/** An error number of Linux. */
interface ErrnoFacts {
  readonly number: number;
  /** What it says, without a full stop; missing for those that one hardly meets. */
  readonly meaning?: string;
}

/** What the usual ones say, with their numbers on most architectures. */
const USUAL: Readonly<Record<string, readonly [number: number, meaning: string]>> = {
  EPERM: [1, "not permitted: the usual answer to a filtered call"],
  ENOENT: [2, "there is no such file or directory"],
  ESRCH: [3, "there is no such process"],
  EINTR: [4, "a signal came in between"],
  EIO: [5, "reading or writing failed in the device"],
  ENXIO: [6, "there is no such device or address"],
  E2BIG: [7, "too many arguments"],
  ENOEXEC: [8, "it is no program that can be run"],
  EBADF: [9, "there is no such open file"],
  ECHILD: [10, "there is no child process"],
  EAGAIN: [11, "not now, try again"],
  EWOULDBLOCK: [11, "not now, try again"],
  ENOMEM: [12, "no memory is left"],
  EACCES: [13, "the access is not permitted by modes or policy"],
  EFAULT: [14, "the address is in no memory of the process"],
  EBUSY: [16, "it is in use"],
  EEXIST: [17, "it exists already"],
  EXDEV: [18, "it lies on another file system"],
  ENODEV: [19, "there is no such device"],
  ENOTDIR: [20, "it is no directory"],
  EISDIR: [21, "it is a directory"],
  EINVAL: [22, "an argument makes no sense"],
  ENFILE: [23, "the system has too many open files"],
  EMFILE: [24, "the process has too many open files"],
  ENOTTY: [25, "the device does not know this command"],
  ETXTBSY: [26, "the program is running"],
  EFBIG: [27, "the file gets too large"],
  ENOSPC: [28, "the disk is full"],
  ESPIPE: [29, "one cannot seek in it"],
  EROFS: [30, "the file system is read-only"],
  EMLINK: [31, "too many links"],
  EPIPE: [32, "nobody reads at the other end"],
  EDOM: [33, "the argument is outside of the function's domain"],
  ERANGE: [34, "the result is out of range"],
  EDEADLK: [35, "it would wait for itself for ever"],
  ENAMETOOLONG: [36, "the name is too long"],
  ENOLCK: [37, "no locks are left"],
  ENOSYS: [38, "the call does not exist: programs often fall back to another one"],
  ENOTEMPTY: [39, "the directory is not empty"],
  ELOOP: [40, "too many symbolic links"],
  ENODATA: [61, "there is no data"],
  ETIME: [62, "the timer ran out"],
  EPROTO: [71, "the protocol was broken"],
  EBADMSG: [74, "the message is broken"],
  EOVERFLOW: [75, "the value does not fit"],
  EILSEQ: [84, "the bytes are no character"],
  ENOTSOCK: [88, "it is no socket"],
  EDESTADDRREQ: [89, "a destination is missing"],
  EMSGSIZE: [90, "the message is too long"],
  ENOPROTOOPT: [92, "there is no such option of the protocol"],
  EPROTONOSUPPORT: [93, "the protocol is not supported"],
  ENOTSUP: [95, "it is not supported"],
  EOPNOTSUPP: [95, "it is not supported"],
  EAFNOSUPPORT: [97, "the address family is not supported"],
  EADDRINUSE: [98, "the address is in use"],
  EADDRNOTAVAIL: [99, "there is no such address on this machine"],
  ENETDOWN: [100, "the network is down"],
  ENETUNREACH: [101, "there is no way to the network"],
  ECONNABORTED: [103, "the connection was given up"],
  ECONNRESET: [104, "the other side broke the connection off"],
  ENOBUFS: [105, "no room for buffers"],
  EISCONN: [106, "it is connected already"],
  ENOTCONN: [107, "it is not connected"],
  ETIMEDOUT: [110, "it took too long"],
  ECONNREFUSED: [111, "nobody listens there"],
  EHOSTDOWN: [112, "the host is down"],
  EHOSTUNREACH: [113, "there is no way to the host"],
  EALREADY: [114, "it is already going on"],
  EINPROGRESS: [115, "it has begun and goes on"],
  ESTALE: [116, "the file handle is out of date"],
  EUCLEAN: [117, "the file system needs repair"],
  EDQUOT: [122, "the quota is used up"],
  ENOMEDIUM: [123, "no medium is in the drive"],
  ECANCELED: [125, "it was cancelled"],
  ENOKEY: [126, "there is no such key"],
  EKEYEXPIRED: [127, "the key has expired"],
  EKEYREJECTED: [129, "the key was rejected"],
  ERFKILL: [132, "radio is switched off"],
};

const OTHERS =
  "ENOTBLK=15 EDEADLOCK=35 ENOMSG=42 EIDRM=43 ECHRNG=44 EL2NSYNC=45 EL3HLT=46 EL3RST=47 ELNRNG=48 EUNATCH=49 " +
  "ENOCSI=50 EL2HLT=51 EBADE=52 EBADR=53 EXFULL=54 ENOANO=55 EBADRQC=56 EBADSLT=57 EBFONT=59 ENOSTR=60 ENOSR=63 " +
  "ENONET=64 ENOPKG=65 EREMOTE=66 ENOLINK=67 EADV=68 ESRMNT=69 ECOMM=70 EMULTIHOP=72 EDOTDOT=73 ENOTUNIQ=76 " +
  "EBADFD=77 EREMCHG=78 ELIBACC=79 ELIBBAD=80 ELIBSCN=81 ELIBMAX=82 ELIBEXEC=83 ERESTART=85 ESTRPIPE=86 EUSERS=87 " +
  "EPROTOTYPE=91 ESOCKTNOSUPPORT=94 EPFNOSUPPORT=96 ENETRESET=102 ESHUTDOWN=108 ETOOMANYREFS=109 ENOTNAM=118 " +
  "ENAVAIL=119 EISNAM=120 EREMOTEIO=121 EMEDIUMTYPE=124 EKEYREVOKED=128 EOWNERDEAD=130 ENOTRECOVERABLE=131 " +
  "EHWPOISON=133";

/** The error numbers by their names in capitals, the usual ones first. */
export const ERRNOS: ReadonlyMap<string, ErrnoFacts> = new Map<string, ErrnoFacts>([
  ...Object.entries(USUAL).map(([name, [number, meaning]]) => [name, { number, meaning }] as const),
  ...OTHERS.split(" ").map((it) => {
    const [name = "", number = ""] = it.split("=");
    return [name, { number: Number(number) }] as const;
  }),
]);
