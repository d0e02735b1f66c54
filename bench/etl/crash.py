"""The job killed at random moments, then run again: `crash.py <folder> <contract file> <before> <after> <kills>`.

Bronze `before` is loaded in peace, `after` holds one day more. Each time the lake is set back, the job is started on
`after`, killed with all its processes at a random moment of its run, and run once more. It has to end with the rows
of a run in peace. A reader polls all the while: it may see each partition as it was before or as it
is to be, nothing else.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import spark_job  # noqa: F401, since it sets the paths of the modules
from folder_lake import FolderLake

HERE = Path(__file__).resolve().parent
#: Partition -> how many rows, and a sum over them that changes with any.
Seen = dict[str, tuple[int, int]]


class Reader(threading.Thread):
    """Reads all partitions again and again, and keeps what it should not have seen."""

    def __init__(self, lake: FolderLake, allowed: list[Seen]) -> None:
        super().__init__(daemon=True)
        self._lake = lake
        self._allowed = allowed
        self._over = threading.Event()
        self.wrong: list[str] = []
        self.polls = 0

    def run(self) -> None:
        while not self._over.is_set():
            for partition, seen in self._lake.seen().items():
                if all(version.get(partition) != seen for version in self._allowed):
                    self.wrong.append(f"{partition}: {seen[0]} rows")
            self.polls += 1

    def stop(self) -> None:
        self._over.set()
        self.join()


def start(folder: Path, contract: str, bronze: str) -> subprocess.Popen[str]:
    """The job in a session of its own, so that all its processes can be killed at once; ready to run."""
    command = [sys.executable, str(HERE / "ours.py"), str(folder), contract, "1", bronze, "cold"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("READY"):
            return process
    raise RuntimeError(f"the job did not start: {command}")


def finish(process: subprocess.Popen[str]) -> None:
    process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"the job ended with code {process.returncode}")


def outcome(lake: FolderLake) -> tuple[Any, ...]:
    return lake.rows("* EXCLUDE (source_object)"), lake.quarantined()


def main() -> None:
    work, contract, before, after, kills = Path(sys.argv[1]), *sys.argv[2:5], int(sys.argv[5])
    folder, saved = work / "lake", work / "saved"
    finish(start(folder, contract, before))
    shutil.copytree(folder, saved)
    lake = FolderLake(folder, Path(contract).read_text(), None)
    old = lake.seen()
    process = start(folder, contract, after)
    started = time.monotonic()
    finish(process)
    seconds = time.monotonic() - started
    expected, new = outcome(lake), lake.seen()
    assert old != new
    dice = random.Random(6)
    good, polls, wrong, stages = 0, 0, [], []
    for number in range(kills):
        shutil.rmtree(folder)
        shutil.copytree(saved, folder)
        process = start(folder, contract, after)
        reader = Reader(lake, [old, new])
        reader.start()
        # Ends of a run are shorter than its steps before; a little beyond it, since runs differ.
        moment = dice.uniform(0, 1.02 * seconds)
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        stages.append(sum(lake.seen()[partition] == new[partition] for partition in lake.seen()))
        finish(start(folder, contract, after))
        reader.stop()
        same = outcome(lake) == expected
        good += same
        polls += reader.polls
        wrong += reader.wrong
        print(
            f"{number + 1}/{kills}: killed after {moment:.2f} s, {'same rows' if same else 'OTHER ROWS'}",
            file=sys.stderr,
        )
    summary = {
        "kills": kills,
        "good": good,
        "polls": polls,
        "wrong": wrong[:5],
        "seconds": seconds,
        "during": sum(0 < stage < len(new) for stage in stages),
    }
    print(json.dumps(summary))


main()
