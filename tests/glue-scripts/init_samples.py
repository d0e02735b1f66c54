"""Sample files as people have them, one of each kind that `lakeworks init` takes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import duckdb


def write_samples(folder: Path) -> dict[str, Path]:
    """By the dataset's name."""
    makers = {"orders": _json, "visits": _csv, "shipments": _xml, "readings": _parquet, "prices": _gzip}
    return {name: make(folder) for name, make in makers.items()}


def _json(folder: Path) -> Path:
    """With a reserved name, camel case, a field that is often missing, an object, and digits that are codes."""
    records = [
        {
            "orderId": f"O{number:04}",
            "timestamp": f"2024-03-{1 + number % 5:02}T{number % 24:02}:00:00Z",
            "customerName": f"Ada {number % 37}",
            "amount": round(number * 1.25, 2),
            "units": number % 7 + 1,
            "paid": number % 3 == 0,
            "channel": ("web", "shop", "phone")[number % 3],
            "zip": f"0{number % 9}123",
            "address": {"city": "Ulm"},
            **({"note": "gift"} if number % 4 == 0 else {}),
        }
        for number in range(200)
    ]
    return _write(folder / "orders.json", "".join(json.dumps(record) + "\n" for record in records))


def _csv(folder: Path) -> Path:
    """With semicolons, quotes, line breaks in quotes, empty numbers, and one line that comes twice."""
    lines = [
        f'V{number};2024-02-{1 + number // 50:02} {number % 24:02}:30:00;"Map; ""old"" {number % 3}";'
        f'{"" if number % 5 == 0 else number % 90};"Doe, J{number}\nguest"\n'
        for number in range(150)
    ]
    head = 'Visit ID;Entered At;"Room ""name""";Minutes;Visitor\n'
    return _write(folder / "visits.txt", head + "".join([*lines, lines[0]]))


def _xml(folder: Path) -> Path:
    """With attributes, and a wrapper around the records."""
    orders = [
        f'<s:shipment id="{number}"><at>2024-05-{1 + number % 4:02}T10:00:00+02:00</at>'
        f'<weight unit="kg">{number % 9}.5</weight><city>Köln {number % 4}</city></s:shipment>'
        for number in range(60)
    ]
    head = '<?xml version="1.0"?><export xmlns:s="urn:s"><made>today</made><list>'
    return _write(folder / "shipments.xml", f"{head}{''.join(orders)}</list></export>")


def _parquet(folder: Path) -> Path:
    """Two columns together are the key."""
    path = folder / "readings.parquet"
    duckdb.sql(
        "COPY (SELECT 'S' || (range % 5) AS sensor_id, "
        "TIMESTAMP '2024-06-01' + to_hours((range // 5)::INT) AS measured_at, "
        "(range % 50) / 3 AS temperature, (range % 3)::INT AS level, (range * 1.1)::DECIMAL(9, 3) AS weight, "
        f"range % 2 = 0 AS ok FROM range(300)) TO '{path}' (FORMAT parquet)"
    )
    return path


def _gzip(folder: Path) -> Path:
    """Days without a time, a column with the name of a partition key, and a file whose name does not tell of gzip."""
    path = folder / "prices.csv"
    lines = [f"{number},2024-01-{1 + number % 3:02},{number / 4:.2f},00{number % 8}\n" for number in range(120)]
    path.write_bytes(gzip.compress(("id,day,price,code\n" + "".join(lines)).encode()))
    return path


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
