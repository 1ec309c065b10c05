"""Checks what `sam local invoke` printed: one JSON document, a job's answer. Usage: answer.py FILE [JOB [--lines]]"""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    answer = json.load(file)
if "errorMessage" in answer or "outcome" not in answer:
    sys.exit(f"not a job's answer: {answer}")
if len(sys.argv) > 2 and answer["job"] != sys.argv[2]:
    sys.exit(f"the answer is {answer['job']}'s, not {sys.argv[2]}'s")
print(answer["job"], answer["outcome"], answer["reason"])
if "--lines" in sys.argv:
    if not answer.get("lines"):
        sys.exit(f"no signals were printed: {answer}")
    print("\n".join(answer["lines"]))
