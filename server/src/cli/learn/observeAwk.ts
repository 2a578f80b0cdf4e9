/**
 * A program for awk that makes the observing drop-in of what `systemctl cat` prints, for the script that runs without us: it wraps
 * the commands of [Service] as `observingDropIn()` does. Where it cannot, it prints a sentence after `refused: ` and ends with 1. Its
 * variables are `wrap`, strace with its options up to `-o FOLDER/`, and `folder`.
 */
export const OBSERVE_AWK = String.raw`
function blank(c) { return c == " " || c == "\t" }
function refuse(why) { print "refused: " why; failed = 1; exit 1 }
# The end of the word that begins at a place, quotes and backslashes taken into account.
function wordEnd(text, at,   c, quote) {
  quote = ""
  for (; at <= length(text); at++) {
    c = substr(text, at, 1)
    if (c == "\\") { at++; continue }
    if (quote != "") { if (c == quote) quote = ""; continue }
    if (c == "\"" || c == "'") { quote = c; continue }
    if (blank(c)) break
  }
  if (quote != "") refuse("a quote is not closed in " text)
  return at
}
function skip(text, at) { while (at <= length(text) && blank(substr(text, at, 1))) at++; return at }
# The commands of a line, which a lone ; separates, each as a line of its own.
function split_up(name, value,   probe, stop, from, last) {
  from = 0
  for (probe = skip(value, 1); probe <= length(value); probe = skip(value, stop)) {
    stop = wordEnd(value, probe)
    if (substr(value, probe, stop - probe) != ";") { if (!from) from = probe; last = stop; continue }
    if (from) command[name, ++count[name]] = substr(value, from, last - from)
    from = 0
  }
  if (from) command[name, ++count[name]] = substr(value, from)
}
function wrapped(name, value, n,   at, c, prefixes, end, word, argv0, rest) {
  at = 1; prefixes = ""; argv0 = ""
  while (index("-@:|+!", c = substr(value, at, 1)) && c != "") { prefixes = prefixes c; at++ }
  if (index(prefixes, "|")) refuse(name "=" value " runs in the shell of a user, which cannot be observed")
  if (index(prefixes, "+")) return value
  end = wordEnd(value, at)
  word = substr(value, at, end - at)
  rest = skip(value, end)
  if (index(prefixes, "@")) {
    end = wordEnd(value, rest)
    argv0 = " --argv0=" substr(value, rest, end - rest)
    rest = skip(value, end)
    gsub(/@/, "", prefixes)
  }
  if (!index(prefixes, ":")) gsub(/\$/, "$$", word)
  return prefixes wrap name "-" n ".strace" argv0 " -- " word (rest <= length(value) ? " " substr(value, rest) : "")
}
function assign(key, value,   i) {
  if (key ~ /^Exec(Condition|StartPre|Start|StartPost|Reload|Stop|StopPost)$/) {
    if (value == "") { count[key] = 0; return }
    split_up(key, value)
    return
  }
  if (key ~ /^Root(Directory|Image)$/ && value != "" && value != "/") refuse(key "= gives the service its own root, in which there is no strace")
  if (key == "Type") type = value
  if (key == "TimeoutStartSec" || key == "TimeoutSec") timeout = value
  seen[key] = 1
  if (key ~ /^(TemporaryFileSystem|InaccessiblePaths)$/ && value ~ /\/(var(\/lib)?)?([: \t]|$)/) hidden = 1
}
/^[ \t]*[#;]/ { next }
{
  if (open == "") sub(/^[ \t]+/, "", $0)
  line = open $0
  if (line ~ /\\$/) { open = substr(line, 1, length(line) - 1) " "; next }
  open = ""
  sub(/[ \t]+$/, "", line)
  if (line ~ /^\[.*\]$/) { section = line; next }
  if (section != "[Service]" || !(at = index(line, "="))) next
  key = substr(line, 1, at - 1); value = substr(line, at + 1)
  sub(/[ \t]+$/, "", key); sub(/^[ \t]+/, "", value)
  assign(key, value)
}
END {
  if (failed) exit 1
  print "[Service]"
  split("ExecCondition ExecStartPre ExecStart ExecStartPost ExecReload ExecStop ExecStopPost", names, " ")
  for (n = 1; n <= 7; n++) {
    name = names[n]
    if (!count[name]) continue
    print name "="
    for (i = 1; i <= count[name]; i++) print name "=" wrapped(name, command[name, i], i)
  }
  if (seen["SystemCallFilter"]) print "SystemCallFilter=@debug process_vm_readv seccomp"
  if (seen["CapabilityBoundingSet"]) print "CapabilityBoundingSet=CAP_SYS_PTRACE"
  if (hidden) print "BindPaths=" folder
  if (hidden || seen["ProtectSystem"] || seen["DynamicUser"] || seen["ReadOnlyPaths"]) print "ReadWritePaths=" folder
  if (seen["NoExecPaths"]) print "ExecPaths=" strace
  if (seen["LimitFSIZE"]) print "LimitFSIZE=infinity"
  if (timeout == "" ? type != "oneshot" : timeout ~ /^[1-9][0-9]?[0-9]?s?$/ && timeout + 0 < 300) print "TimeoutStartSec=300"
}
`;
