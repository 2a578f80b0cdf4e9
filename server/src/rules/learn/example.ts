/** The file next to the examples: a run of `/usr/bin/x` made memory executable. */
export const LEARNT_EXAMPLE = `{
 "version": 2,
 "unit": "x.service",
 "observed": {"ExecStart":"9a4658cdcddb243f"},
 "exercised": [],
 "settings": [
  {"key":"MemoryDenyWriteExecute","value":"yes","grade":"refused","evidence":"mprotect(PROT_EXEC) was seen","shown":true}
 ],
 "unknown": []
}
`;
