"""The job on a lake in a folder: `ours.py <folder> <contract file> [times] [bronze] [cold]`. A line of JSON per run."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import spark_job


def main() -> None:
    folder, contract, times = Path(sys.argv[1]), Path(sys.argv[2]).read_text(), int((sys.argv[3:] or ["1"])[0])
    context = spark_job.start(warm=sys.argv[5:] != ["cold"])
    from folder_lake import FolderLake

    lake = FolderLake(folder, contract, context)
    changes = {"source": f"file://{sys.argv[4]}/"} if len(sys.argv) > 4 else {}
    print("READY", flush=True)
    for _ in range(times):
        started = time.monotonic()
        report = lake.run(**changes)
        seconds = time.monotonic() - started
        print(json.dumps({"seconds": seconds, "heapMiB": spark_job.peak_heap_mib(), "report": report}), flush=True)


main()
