"""One driver of one Glue job run: `runner.py <launch JSON> [--prime]`.

With `--prime` Spark's JVM is started and warmed up first, ahead of any run. The run's specification comes as one line
of JSON on stdin. Events go to file descriptor 3 as lines of JSON: `ready`, `started`, `ended` {ok, message}.
stdin stays open as long as the parent lives: at its end this process and all that it started die.
"""

from __future__ import annotations

import contextlib
import json
import os
import runpy
import signal
import subprocess
import sys
import threading
import traceback
from typing import Any, NoReturn

import driver
import failures
import job_metrics
from awsglue import _run
from spark_settings import Launch

_events = os.fdopen(3, "w", encoding="utf-8")
_reporting = threading.Lock()


def main() -> None:
    launch = Launch(**json.loads(sys.argv[1]))
    os.chdir(launch.work)
    jvm: subprocess.Popen[bytes] | None = None
    if "--prime" in sys.argv:
        jvm = driver.start(launch, [], {})
        driver.prime(launch)
        tell("ready")
    line = sys.stdin.readline()
    if not line:
        die()
    spec = json.loads(line)
    threading.Thread(target=watch_parent, daemon=True).start()
    try:
        run = driver.prepare(spec, launch, tell)
        if jvm is None:
            jvm = driver.start(launch, run.jars, run.conf)
    except failures.LaunchError as error:
        end(False, str(error))
    except Exception as error:
        traceback.print_exc()
        end(False, f"LAUNCH ERROR | {failures.summary(error)}")
    threading.Thread(target=watch_jvm, args=(jvm,), daemon=True).start()
    driver.apply(run)
    reporter = job_metrics.reporter(spec["jobName"], spec["runId"], launch.work, spec["arguments"])
    if reporter is not None:
        _run.current.observe = reporter.begin
    tell("started")
    ok, message = execute(run.script, run.argv)
    if reporter is not None and driver.answers():
        reporter.end()
    if not ok and not driver.answers():
        # The script's exception is but the broken connection to a JVM that has died or is about to.
        with contextlib.suppress(subprocess.TimeoutExpired):
            jvm.wait(10)
            watch_jvm(jvm)
    end(ok, message)


def execute(script: str, argv: list[str]) -> tuple[bool, str]:
    """Runs the script as `python script` would."""
    sys.argv = [script, *argv]
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as error:
        if error.code in (None, 0):
            return True, ""
        return False, failures.reason(error, script)
    except BaseException as error:
        traceback.print_exc()
        return False, failures.reason(error, script)
    return True, ""


def watch_parent() -> None:
    """Ends everything when the parent is gone."""
    while sys.stdin.readline():
        pass
    die()


def watch_jvm(jvm: subprocess.Popen[bytes]) -> None:
    """A script that waits on a dead JVM would hang or blame the network: say what happened and end."""
    code = jvm.wait()
    what = (
        f"was killed by signal {-code} ({signal.Signals(-code).name})" if code < 0 else f"ended with exit code {code}"
    )
    end(False, f"The Spark driver's JVM {what} while the job was running.")


def tell(event: str, **details: Any) -> None:
    _events.write(json.dumps({"event": event, **details}) + "\n")
    _events.flush()


def end(ok: bool, message: str) -> NoReturn:
    """Reports once, whichever thread comes first, and leaves at once: what the script started dies with it."""
    _reporting.acquire()
    sys.stdout.flush()
    sys.stderr.flush()
    tell("ended", ok=ok, message=message)
    die()


def die() -> NoReturn:
    os.killpg(os.getpgid(0), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
