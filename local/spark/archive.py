"""Makes the class archive that halves Spark's start: `archive.py <jars folder>`, with JAVA_HOME set.

One warm-up is run and the classes that it loaded are dumped to `<jars folder>/spark.jsa` (about 150 MB), which
`spark_settings` uses when it is there. The JVM checks the archive against the class path and ignores one that does
not fit. Set-up calls this once; without the archive everything works the same, later by some 8 CPU-seconds.
https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import driver
from spark_settings import ARCHIVE, Launch


def main(jars: str) -> None:
    home = Path(os.environ["JAVA_HOME"])
    if not (home / "lib" / "server" / "classes.jsa").exists():
        # The archive of the JDK's own classes, on which ours builds; runtimes made by jlink come without it.
        subprocess.run([home / "bin" / "java", "-Xshare:dump"], check=True, stdout=subprocess.DEVNULL)
    target = Path(jars, ARCHIVE)
    fresh = target.with_suffix(f".{os.getpid()}.next")
    target.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="lakeworks-archive-") as work:
        # Nothing listens on port 1: the S3 client is loaded by a request that fails.
        launch = Launch("http://127.0.0.1:1", "test", "test", jars, work, 1024, os.cpu_count() or 1)
        dump = f"-XX:ArchiveClassesAtExit={fresh} -Xlog:disable"
        jvm = driver.start(launch, [], {"spark.driver.extraJavaOptions": dump})
        driver.prime(launch)
        # At the end of its input the JVM exits in order, and dumps.
        jvm.stdin.close()
        if jvm.wait() != 0:
            raise SystemExit(f"Spark's JVM ended with exit code {jvm.returncode}; no class archive was made.")
    fresh.rename(target)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
