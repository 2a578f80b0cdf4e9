/** After so many seconds without a sign of life each end takes the connection for lost. */
export const SILENCE_SECONDS = 30;

/** So often each end gives one, in seconds. */
export const SIGN_SECONDS = 5;

/** Output beyond this is not sent. */
const MOST_OUTPUT = 64 * 1024 * 1024;

/** Asks a plain shell for the number of its user, its process and its system; the answer begins with the token. */
export const introduction = (token: string): string => `printf '\\n%s %s %s\\n' ${token} "$(id -u)" "$(uname -s)"\n`;

/**
 * The shell that does what it is sent, in POSIX sh with the programs that each machine with systemd has: a line with a number, a
 * script and its input is answered by a line with the token and the number, the status, and the sizes of the two outputs that come
 * after it. Scripts run in a session of their own, so that `end` reaches all that they started. Signs of life go over standard
 * error, where nothing that is answered is torn apart. Where they do not come any more, or the input ends, it ends, and nothing of it stays:
 * what puts a unit back is a unit of its own that waits for that.
 */
export const remoteShell = (token: string): string =>
  SHELL.replace(/%\{(\w+)\}/g, (_, name: string) => ({ ...VALUES, TOKEN: token })[name] ?? "");

const VALUES: Readonly<Record<string, string>> = { SILENCE: String(SILENCE_SECONDS), MOST: String(MOST_OUTPUT) };

const SHELL = String.raw`
uw_began() { sed -n '/) Z /!s/.*) //p' "/proc/$$/stat" 2>/dev/null | cut -d ' ' -f 20; }
uw_end_scripts() {
  for uw_it in "$uw_dir"/*.pid; do
    if [ -s "$uw_it" ]; then uw_end "$1" "$(cat "$uw_it")"; fi
  done
}
uw_end() { kill -"$1" "-$2" 2>/dev/null || kill -"$1" "$2" 2>/dev/null; }
uw_watch() {
  while [ "$(uw_began)" = "$uw_start" ]; do
    sleep 2
    for uw_it in "$uw_dir"/*.out "$uw_dir"/*.err; do
      if [ -e "$uw_it" ] && [ "$(wc -c <"$uw_it")" -gt %{MOST} ]; then : >"$uw_it"; fi
    done
    read -r uw_now _ </proc/uptime
    read -r uw_last <"$uw_dir/sign" || uw_last=0
    if [ $((${"$"}{uw_now%.*} - uw_last)) -ge %{SILENCE} ] && [ "$(uw_began)" = "$uw_start" ]; then kill -9 "$$"; fi
  done
  uw_end_scripts TERM
  sleep 1
  uw_end_scripts KILL
  rm -rf "$uw_dir"
}
uw_run() {
  uw_at=$uw_dir/$1
  printf %s "$2" | base64 -d >"$uw_at.sh"
  uw_in=/dev/null
  if [ "$3" != - ]; then
    printf %s "$3" | base64 -d >"$uw_at.in"
    uw_in=$uw_at.in
  fi
  : >"$uw_at.out"; : >"$uw_at.err"
  $uw_session /bin/sh "$uw_at.sh" <"$uw_in" >>"$uw_at.out" 2>>"$uw_at.err" &
  uw_pid=$!
  printf '%s\n' "$uw_pid" >"$uw_at.pid"
  wait "$uw_pid"
  uw_status=$?
  rm -f "$uw_at.pid"
  uw_out=$(wc -c <"$uw_at.out") uw_err=$(wc -c <"$uw_at.err")
  printf '%s %s %s %s %s\n' %{TOKEN} "$1" "$uw_status" "$((uw_out))" "$((uw_err))"
  head -c "$((uw_out))" "$uw_at.out"
  head -c "$((uw_err))" "$uw_at.err"
  rm -f "$uw_at".*
}
# The lock belongs to this shell alone, and goes with it.
uw_lock() {
  uw_path=$(printf %s "$2" | base64 -d)
  mkdir -p "$(dirname "$uw_path")"
  uw_status=2
  if [ -z "$uw_locked" ] && (: 9<>"$uw_path") 2>/dev/null; then
    exec 9<>"$uw_path"
    flock -n 9
    uw_status=$?
    if [ "$uw_status" = 0 ]; then uw_locked=yes; else exec 9>&-; fi
  fi
  printf '%s %s %s 0 0\n' %{TOKEN} "$1" "$uw_status"
}
uw_main() {
  umask 022
  cd /
  PATH=${"$"}{PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  export PATH
  uw_locked=
  uw_session=
  if command -v setsid >/dev/null; then uw_session=setsid; fi
  uw_dir=$(mktemp -d /run/unit-warden-ssh.XXXXXXXX 2>/dev/null || mktemp -d) || exit 1
  uw_start=$(uw_began)
  read -r uw_now _ </proc/uptime
  printf '%s\n' "${"$"}{uw_now%.*}" >"$uw_dir/sign"
  uw_watch </dev/null >/dev/null 2>&1 9>&- &
  printf '%s %s\n' %{TOKEN} "$$"
  while read -r uw_id uw_script uw_input; do
    case $uw_id in
      sign)
        read -r uw_now _ </proc/uptime
        printf '%s\n' "${"$"}{uw_now%.*}" >"$uw_dir/sign"
        printf '%s\n' %{TOKEN} >&2
        ;;
      end)
        if [ -s "$uw_dir/$uw_input.pid" ]; then uw_end "$uw_script" "$(cat "$uw_dir/$uw_input.pid")"; fi
        ;;
      lock) uw_lock "$uw_script" "$uw_input" ;;
      unlock)
        exec 9>&-
        uw_locked=
        ;;
      *) uw_run "$uw_id" "$uw_script" "$uw_input" 2>/dev/null 9>&- & ;;
    esac
  done
  uw_end_scripts TERM
  exit 0
}
uw_main
`;

/** A line that lets the shell run a script. */
export const requestLine = (id: number, script: string, input?: string | Uint8Array): string =>
  `${id} ${base64(script)} ${input === undefined || input.length === 0 ? "-" : base64(input)}\n`;

/** A line that ends a script. */
export const endLine = (id: number, signal: "TERM" | "KILL"): string => `end ${signal} ${id}\n`;

/** A line that lets the shell take the lock of a file, of which it has one at a time: status 0 where it has it, 1 where another process does. */
export const lockLine = (id: number, path: string): string => `lock ${id} ${base64(path)}\n`;

/** A line that frees it. */
export const UNLOCK_LINE = "unlock\n";

/** A line that says that this end is there. */
export const SIGN_LINE = "sign\n";

const base64 = (content: string | Uint8Array): string =>
  (typeof content === "string" ? Buffer.from(content, "utf8") : Buffer.from(content)).toString("base64");

/** What a script came to. */
export interface ScriptAnswer {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** What comes from the other end: lines with the token, and the answers of scripts. */
export type RemoteEvent =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "answer"; readonly id: number; readonly answer: ScriptAnswer };

/** Reads what the other end sends, piece by piece; what stands before its first line with the token, such as a greeting, counts for nothing. */
export function remoteReader(token: string, take: (event: RemoteEvent) => void): (piece: Buffer) => void {
  let pieces: Buffer[] = [];
  let [length, wanted] = [0, 0];
  let header: readonly number[] | undefined;
  const step = (bytes: Buffer): Buffer | undefined => {
    if (header) {
      const [id = 0, status = 0, out = 0, err = 0] = header;
      if (bytes.length < out + err) {
        wanted = out + err;
        return undefined;
      }
      header = undefined;
      const stdout = bytes.subarray(0, out);
      take({ kind: "answer", id, answer: { status, stdout, stderr: bytes.subarray(out, out + err) } });
      return bytes.subarray(out + err);
    }
    const end = bytes.indexOf(0x0a);
    if (end < 0) {
      wanted = 0;
      return undefined;
    }
    const [first, ...words] = bytes.subarray(0, end).toString("latin1").trim().split(" ");
    if (first === token && words.length === 4) header = words.map(Number);
    else if (first === token) take({ kind: "words", words });
    return bytes.subarray(end + 1);
  };
  return (piece) => {
    pieces.push(piece);
    length += piece.length;
    if (length < wanted) return;
    let bytes: Buffer = pieces.length === 1 ? piece : Buffer.concat(pieces);
    wanted = 0;
    for (let rest = step(bytes); rest; rest = step(bytes)) bytes = rest;
    pieces = [bytes];
    length = bytes.length;
  };
}
