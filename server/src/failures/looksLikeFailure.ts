import { LOG_CHARACTERS } from "./logLines.ts";

/** Whether a text looks as if it told of a failure: lines of a log, a status, properties of systemctl. */
export function looksLikeFailure(text: string): boolean {
  const trimmed = text.slice(-LOG_CHARACTERS).trim();
  return LINE.test(trimmed) || ALONE.test(trimmed);
}

const LINE =
  /code=(?:exited|killed|dumped)|Failed (?:at step|with result|to (?:set up|start|load))|ExecMainStatus=|\btype=(?:1326|SECCOMP)\b|[Pp]ermission denied|not permitted|Read-only file system|No such file or directory|not supported by protocol|[Cc]onnection (?:refused|timed out)|Network is unreachable|\bE(?:PERM|ACCES|ROFS|NOENT|AFNOSUPPORT|CONNREFUSED|TIMEDOUT|NETUNREACH)\b|too quickly|operation timed out|Watchdog timeout|Result: /;
const ALONE = /^(?:\(?code=\w+, )?(?:status=)?\d{1,3}\/[A-Z_]+\)?$|^SIG[A-Z]+$|^Result=[a-z-]+$/;
