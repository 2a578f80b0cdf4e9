"""Asks systemd's own programs about configuration files: a request as JSON on standard input, answers as JSON.

The request names the folder of `oracle.py`, the one of its roots, the version, the family, the files and, for .netdev files,
the interface names by which messages belong to them.
"""

import json
import os
import sys

request = json.load(sys.stdin)
os.environ["W"] = request["roots"]
sys.path.insert(0, request["oracle"])
sys.dont_write_bytecode = True
import oracle  # noqa: E402

oracle.ENV["W"] = request["roots"]
answers = oracle.judge(request["version"], request["family"], request["files"], names=request["names"])
# A file that cannot be read ends the reading of all.
ended = any(it["text"].startswith("Failed to parse file") for its in answers.values() for it in its)
complete = getattr(oracle.judge, "complete", True) and not ("conf" in oracle.FAM[request["family"]] and ended)
json.dump({"complete": complete, "answers": {name: it for name, it in answers.items() if name is not None}}, sys.stdout)
