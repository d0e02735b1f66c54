#!/usr/bin/env python3
"""tokens.py UPSTREAM SHAPES: matches the Terraform types of the kept services with npm @pulumi/aws's tokens.

Prints tokens.json; what has no token goes to stderr. UPSTREAM is what slim.py made, SHAPES what shapes.mjs printed.
"""

import json
import re
import sys
from pathlib import Path

# Pulumi's modules for a service of another name, and for types whose name says another one.
MODULES = {
    "events": ["cloudwatch"],
    "logs": ["cloudwatch"],
    "meta": ["index"],
    "s3control": ["s3", "s3control"],
    "sts": ["index"],
}
PREFIXES = {"aws_cloudwatch_": ["cloudwatch"], "aws_s3_": ["s3"], "aws_s3control_": ["s3control"]}
# Types whose token is no rendering of their name.
RESOURCES = {
    "aws_cloudtrail": "aws:cloudtrail/trail:Trail",
    "aws_s3_bucket_analytics_configuration": "aws:s3/analyticsConfiguration:AnalyticsConfiguration",
    "aws_s3_bucket_inventory": "aws:s3/inventory:Inventory",
    "aws_s3_bucket_object": "aws:s3/bucketObject:BucketObject",
    "aws_s3_bucket_replication_configuration": "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    "aws_s3_object": "aws:s3/bucketObjectv2:BucketObjectv2",
}
SOURCES = {
    "aws_s3_bucket_object": "aws:s3/getBucketObject:getBucketObject",
    "aws_s3_bucket_objects": "aws:s3/getBucketObjects:getBucketObjects",
    "aws_s3_object": "aws:s3/getObject:getObject",
}
ANNOTATION = re.compile(r'@(?:SDK|Framework)(Resource|DataSource)\("(aws_\w+)"')


def index(tokens: list[str]) -> dict[tuple[str, str], str]:
    """Tokens by module and lower-case name."""
    found: dict[tuple[str, str], str] = {}
    for token in tokens:
        if match := re.fullmatch(r"aws:(\w+)/(\w+):(\w+)", token):
            found.setdefault((match.group(1), match.group(3).lower()), token)
    return found


def candidates(name: str, service: str) -> list[str]:
    prefix = max((one for one in PREFIXES if name.startswith(one)), key=len, default=None)
    return PREFIXES[prefix] if prefix else MODULES.get(service, [service])


def find(name: str, service: str, known: dict[tuple[str, str], str], verb: str) -> str | None:
    """The token of the longest ending of the name that one of the modules has."""
    parts = name.split("_")[1:]
    for start in range(len(parts)):
        for module in candidates(name, service):
            if token := known.get((module, verb + "".join(parts[start:]).lower())):
                return token
    return None


def without_doubles(table: dict[str, str]) -> dict[str, str]:
    """Of two types on one token the one with the shorter name keeps it."""
    by_token: dict[str, str] = {}
    for name in sorted(table, key=lambda one: (len(one), one)):
        by_token.setdefault(table[name], name)
    return {name: token for name, token in sorted(table.items()) if by_token[token] == name}


def main() -> None:
    services = Path(sys.argv[1]) / "internal" / "service"
    shapes = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    known = {"Resource": index(shapes["resources"]), "DataSource": index(shapes["functions"])}
    tables: dict[str, dict[str, str]] = {"Resource": {}, "DataSource": {}}
    for file in sorted(services.glob("*/*.go")):
        for kind, name in ANNOTATION.findall(file.read_text(encoding="utf-8")):
            fixed, verb = (RESOURCES, "") if kind == "Resource" else (SOURCES, "get")
            if token := fixed.get(name) or find(name, file.parent.name, known[kind], verb):
                tables[kind][name] = token
            else:
                print(f"no token: {kind} {name}", file=sys.stderr)
    named = {"resources": tables["Resource"], "dataSources": tables["DataSource"]}
    print(json.dumps({key: without_doubles(table) for key, table in named.items()}, indent=1))


if __name__ == "__main__":
    main()
