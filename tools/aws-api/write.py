"""Writes local/protocol/api/*.json: what AWS's service models say of requests to Glue, Athena and Lake Formation.

Run it by the toolchain's Python, whose botocore (of the pinned AWS CLI) has the models; ``--check`` only compares.
The models are Apache-2.0 licensed; documentation is left out, and so is whatever only answers use.
"""

import json
import sys
from pathlib import Path

import botocore
from botocore.loaders import Loader

TARGET = Path(__file__).parents[2] / "local" / "protocol" / "api"
SERVICES = ("athena", "glue", "lakeformation")
KEPT = ("type", "required", "min", "max", "pattern", "enum", "sensitive", "document", "timestampFormat")
# What the models say and the services do not hold to. Glue documents worker types (R.1X, G.12X …) that its enum lacks.
LOOSE = {"WorkerType": ("enum",)}


def requests_of(service: str) -> dict:
    """The operations by the name of their input's shape, and every shape that an input can reach."""
    model = Loader().load_service_model(service, "service-2")
    shapes: dict[str, dict] = {}
    operations = {name: operation.get("input", {}).get("shape") for name, operation in model["operations"].items()}
    for name in operations.values():
        if name is not None:
            collect(model["shapes"], name, shapes)
    return {
        "source": f"botocore {botocore.__version__}, {service} {model['metadata']['apiVersion']}",
        "targetPrefix": model["metadata"].get("targetPrefix"),
        "operations": dict(sorted(operations.items())),
        "shapes": dict(sorted(shapes.items())),
    }


def collect(all_shapes: dict, name: str, into: dict[str, dict]) -> None:
    if name in into:
        return
    shape = all_shapes[name]
    kept = {key: shape[key] for key in KEPT if key in shape and key not in LOOSE.get(name, ())}
    into[name] = kept
    for part in ("member", "key", "value"):
        if part in shape:
            kept[part] = shape[part]["shape"]
            collect(all_shapes, kept[part], into)
    if "members" in shape:
        kept["members"] = {member: facts["shape"] for member, facts in shape["members"].items()}
        for member in kept["members"].values():
            collect(all_shapes, member, into)


def text_of(requests: dict) -> str:
    """JSON with one operation or shape a line, so that a newer model is a readable change."""
    parts = []
    for key, value in requests.items():
        if isinstance(value, dict):
            lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in value.items())
            parts.append(f"{json.dumps(key)}: {{\n{lines}\n}}")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> int:
    stale = []
    for service in SERVICES:
        file = TARGET / f"{service}.json"
        text = text_of(requests_of(service))
        if "--check" not in sys.argv:
            file.write_text(text, encoding="utf-8")
        elif file.read_text(encoding="utf-8") != text:
            stale.append(file.name)
    if stale:
        print(f"Not what the models say: {', '.join(stale)}. Run tools/aws-api/write.py.", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
