"""The job on a lake in a folder: `ours.py <folder> <contract file> [times] [bronze]`. One line of JSON per run.

The first run's seconds are those of the whole process, the start of Spark among them.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

STARTED = time.monotonic()

import spark_job  # noqa: E402


def main() -> None:
    folder, contract, times = Path(sys.argv[1]), Path(sys.argv[2]).read_text(), int((sys.argv[3:] or ["1"])[0])
    context = spark_job.start()
    from folder_lake import FolderLake

    lake = FolderLake(folder, contract, context)
    changes = {"source": f"file://{sys.argv[4]}/"} if len(sys.argv) > 4 else {}
    print("READY", flush=True)
    started = STARTED
    for _ in range(times):
        report = lake.run(**changes)
        seconds = time.monotonic() - started
        print(json.dumps({"seconds": seconds, "heapMiB": spark_job.peak_heap_mib(), "report": report}), flush=True)
        started = time.monotonic()


main()
