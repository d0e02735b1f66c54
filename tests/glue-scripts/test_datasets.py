"""Each dataset's contract against its generator: the library finds exactly the dirt that was put in."""

from __future__ import annotations

import json
import subprocess
import tempfile
import unittest
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from lakeworks.conform import conform
from lakeworks.contract import Contract
from lakeworks.csv_headers import with_headers
from lakeworks.deduplicate import keep_one
from lakeworks.survey import survey
from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from spark import LINE, REASON, ROOT, SOURCE_OBJECT, session

GENERATE = """
const fs = require("node:fs"), path = require("node:path");
const { datasets, addCounts, noCounts } = require("./datasets");
(async () => {
    const answers = [];
    for (const { contract, generate } of datasets) {
        let counts = noCounts, files = 0;
        for await (const file of generate({ rows: 3000, days: 20, badRate: 0.2, duplicateRate: 0.1, lateRate: 0.1 })) {
            const target = path.join(process.argv[1], contract.name, file.key);
            fs.mkdirSync(path.dirname(target), { recursive: true });
            fs.writeFileSync(target, file.body);
            counts = addCounts(counts, file.counts);
            files++;
        }
        answers.push({ contract, counts, files });
    }
    console.log(JSON.stringify(answers));
})();
"""


@cache
def generated() -> tuple[tempfile.TemporaryDirectory[str], list[dict[str, Any]]]:
    folder = tempfile.TemporaryDirectory()
    command = ["node", "-r", "ts-node/register/transpile-only", "-e", GENERATE, folder.name]
    return folder, json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


@contextmanager
def open_file(uri: str) -> Iterator[Iterator[str]]:
    with Path(unquote(urlparse(uri).path)).open(encoding="utf-8") as lines:
        yield (line.rstrip("\n") for line in lines)


def read(folder: str, contract: Contract) -> DataFrame:
    lines = session().read.option("recursiveFileLookup", "true").text(folder)
    lines = lines.select(f.col("value").alias(LINE), f.input_file_name().alias(SOURCE_OBJECT))
    return with_headers(lines, contract, open_file) if contract.raw_format == "csv" else lines


class Datasets(unittest.TestCase):
    def test_exact_dirt(self) -> None:
        folder, answers = generated()
        for answer in answers:
            contract, counts = Contract.parse(json.dumps(answer["contract"])), answer["counts"]
            with self.subTest(contract.name):
                rows = conform(read(str(Path(folder.name, contract.name)), contract), contract).persist()
                found = survey(rows, contract)
                self.assertEqual(found.rows, counts["lines"])
                self.assertEqual(found.reasons, dict(sorted(counts["badByReason"].items())))
                self.assertEqual(len(found.source_objects), answer["files"])
                distinct = keep_one(rows.where(f.isnull(REASON)), contract)
                self.assertEqual(distinct.dropped, counts["duplicates"])
                self.assertEqual(distinct.rows.count(), counts["clean"])

    def test_the_raw_texts_of_read_columns_come_through(self) -> None:
        folder, answers = generated()
        for answer in answers:
            contract = Contract.parse(json.dumps(answer["contract"]))
            with self.subTest(contract.name):
                rows = conform(read(str(Path(folder.name, contract.name)), contract), contract).where(f.isnull(REASON))
                texts = [column for column in contract.read_columns if column.type == "string"]
                for row in rows.limit(500).collect():
                    for column in texts:
                        value = row[column.name]
                        written = "" if value is None else json.dumps(value, ensure_ascii=False)[1:-1]
                        self.assertIn(
                            written.replace('\\"', '""' if contract.raw_format == "csv" else '\\"'), row[LINE]
                        )


if __name__ == "__main__":
    unittest.main()
