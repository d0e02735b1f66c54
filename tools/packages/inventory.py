"""inventory.py JAR-FOLDER …: this Python's packages and the folders' jars, as components of CycloneDX.

Jars say their coordinates in the `pom.properties` that Maven puts into them; of others the file's name is told.
"""

import hashlib
import json
import sys
import zipfile
from importlib.metadata import distributions
from pathlib import Path

Component = dict[str, object]


def python_packages() -> list[Component]:
    found = {}
    for each in distributions():
        name, version = each.metadata["Name"], each.version
        licence = each.metadata.get("License-Expression") or each.metadata.get("License") or ""
        component: Component = {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name.lower().replace('_', '-')}@{version}",
        }
        # Some have the whole text of their licence there.
        if licence and len(licence) < 100 and "\n" not in licence:
            component["licenses"] = [{"license": {"name": licence}}]
        found[component["purl"]] = component
    return sorted(found.values(), key=lambda component: str(component["purl"]))


def jar(path: Path) -> Component:
    hashes = [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}]
    found = coordinates(path)
    if found is None:
        return {"type": "library", "name": path.stem, "hashes": hashes}
    group, artifact, version = found
    purl = f"pkg:maven/{group}/{artifact}@{version}"
    return {"type": "library", "group": group, "name": artifact, "version": version, "purl": purl, "hashes": hashes}


def coordinates(path: Path) -> tuple[str, str, str] | None:
    """A jar that others were packed into has theirs too: its own are those of its file's name."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("META-INF/maven/") and name.endswith("/pom.properties"):
                lines = archive.read(name).decode("utf-8", "replace").splitlines()
                values = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
                found = tuple(values.get(key, "").strip() for key in ("groupId", "artifactId", "version"))
                if path.stem.startswith(f"{found[1]}-{found[2]}"):
                    return found
    return None


def main() -> None:
    jars = {path.name: path for folder in sys.argv[1:] for path in sorted(Path(folder).glob("**/*.jar"))}
    json.dump({"python": python_packages(), "maven": [jar(path) for _, path in sorted(jars.items())]}, sys.stdout)


if __name__ == "__main__":
    main()
