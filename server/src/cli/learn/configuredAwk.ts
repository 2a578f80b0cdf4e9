/**
 * A program for awk that prints what `configuredNames()` finds in a file of configuration, for the script that runs without us: a
 * line for each name, as `user TAB haproxy TAB 1 TAB FILE`, with 1 for what has to be an account. Its variable is `file`. Nothing else
 * of the file is printed.
 */
export const CONFIGURED_AWK = String.raw`
function note(use, name, account) {
  if (!((use, name) in seen) && count < 200) { seen[use, name]; count++; print use "\t" name "\t" account "\t" file }
}
function pair(key, name, first) {
  if (key ~ /(^|[._-])mode$/) { if (name ~ /^0?[0-7][0-7][0-7]$/) note("mode", name, 0); return }
  if (name ~ /^[0-9]+$/ && key !~ /(^|[._-])(set)?[ug]id$|chroot/) return
  if (key ~ /(^|[._-])chroot|^use-chroot$/) {
    if (name ~ /^\// || tolower(name) ~ /^(yes|true|on|1)$/) note("chroot", name, 0)
    return
  }
  if (key ~ /(^|[._-])(owner|chown)$/) { note("owner", name, 1); return }
  if (key ~ /(^|[._-])(user|run[_-]?as|setuid|uid)$/) use = "user"
  else if (key ~ /(^|[._-])(group|setgid|gid)$/) use = "group"
  else return
  if (name == "root" || name == "0") return
  if (!first || key ~ /listen|sock|file|log|pid|dir/) use = "owner"
  note(use, name, 1)
}
{ size += length($0) + 1 }
size > 262144 || length($0) > 500 || /^[ \t\r]*([#;!]|\/\/|--|<!--)/ { next }
{
  words = 0
  parts = split($0, part, /[][ \t\r\f\v=:"',;<>{}()]+/)
  for (i = 1; i <= parts; i++) {
    if (part[i] == "") continue
    if (words++ > 0) pair(tolower(previous), part[i], words == 2)
    previous = part[i]
  }
}`;
