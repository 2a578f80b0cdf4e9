/** The file beside the examples: a run of `/usr/bin/x` made memory executable. */
export const LEARNT_EXAMPLE = `{
 "version": 1,
 "unit": "x.service",
 "unitDigest": "093d67f3751d1739",
 "runs": [{"calls":580,"seconds":5.2,"exercised":[]}],
 "settings": [
  {
   "key": "MemoryDenyWriteExecute",
   "value": "yes",
   "grade": "refused",
   "evidence": "mprotect(PROT_EXEC) was seen",
   "sights": [{"count":3,"first":0.4,"last":2.1,"at":"ExecStart:412","sample":"mprotect(0x7f31a000, 4096, PROT_READ|PROT_EXEC) = 0"}],
   "part": "settings"
  }
 ],
 "unknown": [],
 "needs": {
  "version": 1, "calls": 580, "began": 0, "seconds": 5.2, "processes": 1,
  "paths": {}, "syscalls": {}, "capabilities": {}, "families": {}, "addresses": [], "programs": {}, "users": {}, "groups": {},
  "marks": {"writable-executable": [3,0.4,2.1,"ExecStart:412",""]},
  "unread": {"lines":0}
 }
}
`;
