/** The script with the places for what differs from service to service. */
export const SCRIPT = String.raw`#!/bin/sh
# Observes %{UNIT} with strace%{ABOUT} and makes %{BUNDLE} in this folder.
# Run it as root on the machine of the service; it asks first, unless it is called with --yes. It restarts the service under
# strace, exercises it, reloads it, exercises it again, stops it, and puts it back as it was. Then derive its settings anywhere:
#   unit-warden learn --bundle %{BUNDLE}
set -u
LC_ALL=C
export LC_ALL
unit=%{UNIT} kind=%{KIND} bundle=$PWD/%{BUNDLE} seconds=%{SECONDS}
drop_in=%{DROP_IN} put_back=%{PUT_BACK}

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 2; }
property() { systemctl show --property="$1" -- "$unit" | cut -d= -f2-; }
exercise() {
  say "exercising it: $1"
  /bin/sh -c "$1" </dev/null 9>&- || { failures=$((failures + 1)); say "this failed: $1"; }
}
exercises() {
  failures=0
  %{EXERCISES}
  return "$failures"
}
problems=
problem() {
  say "$*"
  problems="$problems$*
"
}

[ -d /run/systemd/system ] || fail "this machine was not booted with systemd"
[ "$(id -u)" = 0 ] || fail "observing a service needs root: run it with sudo"
strace=$(command -v strace) || fail "strace is missing: install the package strace"
[ "$(cat /proc/sys/kernel/yama/ptrace_scope 2>/dev/null)" != 3 ] || fail "the kernel forbids tracing until the next boot"
"$strace" -f -o /dev/null -- true || fail "strace may not trace here, as in a container without CAP_SYS_PTRACE"
options='%{OPTIONS}'
"$strace" -f --seccomp-bpf -o /dev/null -- true 2>/dev/null || options=$(printf '%s' "$options" | sed 's/ --seccomp-bpf//')
case $(property LoadState) in
  loaded) ;;
  masked) fail "$unit is masked" ;;
  *) fail "unknown unit $unit, or systemd could not load it" ;;
esac
if ! mkdir -p '%{LEARN}' /run/unit-warden || ! chmod 711 '%{LEARN}'; then exit 2; fi
# One at a time: the kernel frees this lock when the script ends, however it does.
exec 9>>"/run/unit-warden/$(property Id).lock" || exit 2
flock -n 9 || fail "another run of unit-warden is at work on $unit: wait for its end, or end it"
room() { df -Pk '%{LEARN}' | awk 'NR == 2 { print int($4 / 1024) }'; }
[ "$(room)" -ge 64 ] || fail "%{LEARN} has room for $(room) MB, and a log may take 64"
[ "$(property NeedDaemonReload)" != yes ] || fail "the files of $unit changed since systemd read them: run systemctl daemon-reload first"
[ ! -e "$put_back" ] || fail "a run of unit-warden is at work on $unit, or left it changed: sh $put_back puts it back"

folder=$(mktemp -d '%{LEARN}/%{PLAIN}.XXXXXXXX') || exit 2
work=$folder/bundle/%{PLAIN}
if ! mkdir -p "$work" || ! chmod 700 "$folder/bundle" || ! chmod 711 "$folder"; then exit 2; fi
trap 'rm -rf "$folder"' EXIT
trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM
systemctl cat -- "$unit" >"$work/unit.txt" || exit 2
printf '%s\n' '%{CANDIDATE}' >"$folder/bundle/candidate"
observing=$(awk -v "wrap=$strace $options -o $folder/" -v "folder=$folder" -v "strace=$strace" '%{AWK}' "$work/unit.txt" "$folder/bundle/candidate") ||
  fail "$unit cannot be observed: $(printf '%s\n' "$observing" | sed -n 's/^refused: //p')"
# The service writes into its logs, and makes none.
user=$(property User)
for log in $(printf '%s\n' "$observing" | sed -n "s|.* -o \($folder/[A-Za-z0-9-]*[.]strace\) -- .*|\1|p"); do
  if ! : >"$log" || ! chmod 600 "$log"; then exit 2; fi
  if [ -n "$user" ]; then chown -- "$user" "$log" 2>/dev/null || chmod 622 "$log"; fi
  [ "$(property DynamicUser)" != yes ] || chmod 622 "$log"
done
reload=
reloads=%{RELOADS}
[ "$reloads" != yes ] || reload=' reload it,'
say "this is going to restart $unit under $strace,%{PLAN}$reload stop it, and put it back as it is now"
if [ "${"$"}{1:-}" != --yes ]; then
  [ -t 0 ] || fail "there is no terminal to ask on: --yes does it without a question"
  printf 'Restart %s for this? [y/N] ' "$unit" >&2
  read -r answer
  case $answer in y | Y | yes) ;; *) fail "nothing is changed" ;; esac
fi
state=$(property ActiveState)
case $state in active | activating | reloading | refreshing) verb=restart ;; *) verb=stop ;; esac
# Where it has failed, it is made to fail so again, unless a failure starts something.
fails=d ends='exit 1'
if [ "$state" = failed ] && [ -z "$(property OnFailure)" ] && [ "$(property FailureAction)" = none ]; then
  fails=b
elif [ "$state" = failed ]; then
  say "$unit is failed now, and stopped afterwards: a failure starts what its OnFailure= or FailureAction= names"
fi
case $(property Result) in
  exit-code) ends="exit $(property ExecMainStatus)" ;;
  signal | core-dump) ends="kill -$(property ExecMainStatus) \$\$\$\$" ;;
esac
if [ "$verb" = restart ]; then exercises || fail "the exercise has to work before it is observed"; fi

# What puts the service back: run at the end of this script, and by a unit of its own where this script is killed.
start=$(sed 's/.*) //' "/proc/$$/stat" | cut -d ' ' -f 20)
sed -e "s/@PID@/$$/g; s/@START@/$start/g; s/@SINCE@/$(date -u +%Y-%m-%dT%H:%M:%SZ)/g; s|@FOLDER@|$folder|g; s/^systemctl restart /systemctl $verb /; s/@ENDS@/$ends/" \
  -e "/^# It had failed/,/^# To here/$fails" \
  >"$put_back" <<'END_OF_PUT_BACK' || exit 2
%{BACK}
END_OF_PUT_BACK
companions='' ring=$unit
while [ -n "$ring" ]; do
  next=
  for one in $ring; do
    for it in $(systemctl show --property=%{TIES} -- "$one" | cut -d= -f2-); do
      case " $unit$companions " in *" $it "*) continue ;; esac
      if systemctl is-active --quiet -- "$it"; then companions="$companions $it" next="$next $it"; fi
    done
  done
  ring=$next
done
back() {
  trap '' HUP INT TERM
  if [ -e "$put_back" ]; then /bin/sh "$put_back"; fi
  systemctl stop %{WATCHDOG} 2>/dev/null
  # shellcheck disable=SC2086 # names of units have no blanks
  if [ -n "$companions" ] && [ "$verb" = restart ]; then systemctl start $companions; fi
  rm -rf "$folder"
}
trap back EXIT
systemd-run --quiet --collect --unit=%{WATCHDOG} /bin/sh "$put_back" --watch || fail "systemd-run does not work here"
mkdir -p "$(dirname "$drop_in")" || exit 2
{
  printf '# Made by a script of "unit-warden learn" on %s (process %s), which removes it when it ends.\n' "$(date -u)" "$$"
  printf '# Where that could not: sudo sh %s\n' "$put_back"
  cat "$folder/bundle/candidate"
  printf '%s\n' "$observing"
} >"$drop_in.new" && mv "$drop_in.new" "$drop_in" || exit 2
systemctl daemon-reload || exit 2
systemctl reset-failed -- "$unit" 2>/dev/null
say "restarting $unit under observation"
if systemctl restart -- "$unit"; then
  sleep 1
  exercises || problem "the exercise failed after the start"
  sleep "$seconds"
  if [ "$reloads" = yes ]; then
    say "reloading $unit"
    systemctl reload -- "$unit" || problem "the reload failed"
    sleep 1
    exercises || problem "the exercise failed after the reload"
  fi
elif [ "$kind" = proof ]; then
  problem "$unit does not start under these settings"
else
  fail "$unit does not start under observation"
fi

# What systemd ended before, as for Restart=, it ended with its strace; another namespace of processes has its own numbers.
main=$(property MainPID)
log=$folder/ExecStart-1.strace
unseen() {
  pids=$(awk -v "only=$only" '$2 !~ /^[0-9]+[.][0-9]+$/ { next }
    $3 != "+++" { alive[$1] = 1; next }
    $4 == "superseded" { delete alive[$(NF - 1)]; next }
    { delete alive[$1] }
    END { for (pid in alive) if (only == "" || pid == only) printf "%s ", pid }' "$log")
  for pid in $pids; do
    status=$(cat "/proc/$pid/status" 2>/dev/null) || { echo "the log of ExecStart does not show how process $pid ended"; return; }
    if printf '%s\n' "$status" | grep -q '^TracerPid:[[:space:]]*0$' && ! printf '%s\n' "$status" | grep -q '^State:[[:space:]]*[ZX]'; then
      echo "strace does not observe process $pid any more, which the log of ExecStart knows"
      return
    fi
  done
  case "$only $pids" in [0-9]* | *" $main "*) return ;; esac
  if grep -q '^TracerPid:[[:space:]]*[1-9]' "/proc/$main/status" 2>/dev/null; then
    echo "the log of ExecStart does not show the main process $main, which strace observes"
  fi
}
only='' looks=no
if [ "$main" -gt 0 ]; then
  if [ "$(property ActiveState)" = active ]; then looks=yes; fi
else
  # With the main process systemd ends all others, and their strace.
  only=$(property ExecMainPID)
  case $(property Result) in %{BY_ITSELF}) looks=yes ;; esac
fi
if [ "$looks" = yes ] && [ -f "$log" ] && [ "$(property NRestarts)" = 0 ] && ! grep -q '^PrivatePIDs=' "$work/unit.txt"; then
  for _ in 1 2 3 4 5 6; do
    trouble=$(unseen)
    [ -n "$trouble" ] || break
    sleep 0.5
  done
  [ -z "$trouble" ] || fail "the logs end early, nothing is shown: $trouble"
fi

say "looking at the files that it used"
users=$(awk -F= '/^User=./ { print $2 }' "$work/unit.txt")
# Paths in quotes, those of descriptors, and relative ones after the folder that they belong to; then the folders above them.
{
  grep -ho '"/[^"]*"' "$folder"/*.strace | tr -d '"'
  grep -ho '</[^>]*>' "$folder"/*.strace | tr -d '<>'
  sed -n 's|.*<\(/[^>]*\)>, "\([^/"][^"]*\)".*|\1/\2|p' "$folder"/*.strace
} | sed -e 's/[\]74/</g' -e 's/[\]76/>/g' -e 's|//*|/|g' | grep -v '[\]' | grep -Ev '^/proc/([0-9]|self|thread-self)' | sort -u | awk '
  { for (path = $0; path != ""; sub(/\/[^\/]*$/, "", path)) if (!seen[path]++) print path }
  END { print "/" }' >"$folder/bundle/paths"
while IFS= read -r path; do
  facts=$(stat -L -c '%f %u %g' -- "$path" 2>/dev/null) || continue
  # shellcheck disable=SC2086 # a mode and two numbers
  set -- $facts
  capability=-
  case $(stat -L -c %A -- "$path") in -*x*) [ -z "$(getcap -- "$path" 2>/dev/null)" ] || capability=yes ;; esac
  printf '%o\t%s\t%s\t%s\t%s\t%s\n' "0x$1" "$2" "$3" "$capability" "$path" "$(readlink -f -- "$path")"
done <"$folder/bundle/paths" >"$work/stat.tsv"
# Who the files of configuration name, which only root can change: names alone, and of accounts those that this machine has.
awk -F '\t' 'NF == 6 && $1 ~ /^100[0-7][0145][0145]$/ && $2 == 0 &&
  $6 ~ /^\/(usr\/local\/)?etc\/|[.](conf|cfg|cnf|ini|toml|ya?ml|json|xml)$/ &&
  ($6 !~ /^\/(usr|proc|sys|dev|run)\// || $6 ~ /^\/usr\/local\//) && !seen[$6]++ && ++n <= 200 { print $6 }' "$work/stat.tsv" |
  while IFS= read -r path; do
    awk -v "file=$path" '%{CONFIGURED}' "$path" 2>/dev/null
  done >"$folder/bundle/named"
names=$(awk -F '\t' '$3 == 1 && $2 ~ /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/ && length($2) <= 32 { print $2 }' "$folder/bundle/named" | sort -u)
if [ -n "$names" ]; then
  # shellcheck disable=SC2086 # names without blanks
  { getent passwd $names; getent group $names; } | awk -F: '$3 != 0 { print $1; print $3 }'
fi >"$folder/bundle/accounts"
awk -F '\t' -v "OFS=\t" 'FILENAME == ARGV[1] { known[$0]; next } $3 == 0 || $2 in known { print $1, $2, $4 }' \
  "$folder/bundle/accounts" "$folder/bundle/named" >"$work/configured.tsv"
uids=$(cut -f 2 "$work/stat.tsv" | sort -u)
gids=$(cut -f 3 "$work/stat.tsv" | sort -u)
# shellcheck disable=SC2086 # numbers, and names without blanks
users=$(getent passwd $uids $users %{PLAIN} 2>/dev/null | awk -F: '{ print $1 ":" $3 ":" $4 }' | sort -u)
# shellcheck disable=SC2086
groups=$(getent group $gids 2>/dev/null | awk -F: '{ print $1 ":" $3 ":" $4 }' | sort -u)
list() { printf '%s\n' "$1" | awk 'NF { gsub(/["\\]/, "\\\\&"); printf "%s\"%s\"", (n++ ? ", " : ""), $0 }'; }
{
  printf '{"version": 1, "unit": "%s",\n' "$(printf '%s' "$unit" | sed 's/\\/\\\\/g')"
  printf '"systemd": "%s",\n' "$(systemctl --version | awk 'NR == 1 { print $2 }')"
  printf '"strace": "%s",\n' "$("$strace" -V | awk 'NR == 1 { print $NF }')"
  printf '"kernel": "%s", "architecture": "%s",\n' "$(uname -r)" "$(uname -m)"
  printf '"checked": true,\n'
  printf '"users": [%s],\n"groups": [%s],\n' "$(list "$users")" "$(list "$groups")"
  printf '"problems": [%s],\n' "$(list "$problems")"
  printf '"exercised": [%s]%s}\n' '%{EXERCISED}' '%{UNDER}'
} >"$work/bundle.json"

say "stopping $unit"
systemctl stop -- "$unit"
complaint=$(journalctl --quiet --no-pager --output=cat --unit="$unit" --lines=1 --grep="strace: $folder/" | sed 's/.*strace: [^ ]*: //')
[ -z "$complaint" ] || fail "the logs end early, nothing is shown: strace could not write all of them: $complaint"
[ "$(room)" -ge 4 ] || fail "the logs end early, nothing is shown: %{LEARN} has room for $(room) MB only"
# What is killed leaves its line as it is.
case "$(property KillMode) $(property KillSignal) $(property Result)" in
  %{WHOLE})
    [ ! -s "$log" ] || [ "$(tail -c 1 "$log" | wc -l)" -eq 1 ] ||
      fail "the logs end early, nothing is shown: the log of ExecStart ends in the middle of a line" ;;
esac
for log in "$folder"/*.strace; do if [ -f "$log" ] && [ ! -L "$log" ]; then cp "$log" "$work/"; fi; done
(umask 077 && cd "$folder/bundle" && tar -czf "$bundle" %{PLAIN}/bundle.json %{PLAIN}/unit.txt %{PLAIN}/stat.tsv %{PLAIN}/configured.tsv %{PLAIN}/*.strace) || exit 2
say "the bundle is in $bundle"
`;
