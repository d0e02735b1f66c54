"""Each dataset's contract against its generator: the library finds exactly the dirt that was put in."""

from __future__ import annotations

import json
import subprocess
import tempfile
import unittest
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from lakeworks.bookmark import raw_objects
from lakeworks.contract import Contract
from lakeworks.fragments import Staged
from lakeworks.stage import StageTask, stage

ROOT = Path(__file__).resolve().parents[2]

GENERATE = """
const fs = require("node:fs"), path = require("node:path");
const { datasets, addCounts, noCounts } = require("./datasets");
const { jobContract } = require("./components/jobContract");
const { datasetArgs } = require("./stacks/dataset");
(async () => {
    const answers = [];
    for (const dataset of datasets) {
        let counts = noCounts;
        const options = { rows: 3000, days: 20, badRate: 0.2, duplicateRate: 0.1, lateRate: 0.1 };
        for await (const file of dataset.generate(options)) {
            const target = path.join(process.argv[1], dataset.contract.name, file.key);
            fs.mkdirSync(path.dirname(target), { recursive: true });
            fs.writeFileSync(target, file.body);
            counts = addCounts(counts, file.counts);
        }
        answers.push({ contract: jobContract(datasetArgs(dataset)), counts });
    }
    console.log(JSON.stringify(answers));
})();
"""


@cache
def generated() -> tuple[tempfile.TemporaryDirectory[str], list[tuple[Contract, dict[str, Any]]]]:
    """Raw files below the dataset's name, each contract as its pipeline writes it, and what is in the files."""
    folder = tempfile.TemporaryDirectory(prefix="lakeworks-test-")
    command = ["node", "-r", "ts-node/register/transpile-only", "-e", GENERATE, folder.name]
    answers = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    return folder, [(Contract.parse(answer["contract"]), answer["counts"]) for answer in answers]


def staged(folder: str, contract: Contract) -> Staged:
    """All objects by one task."""
    objects = raw_objects(f"file://{folder}/{contract.name}/")
    return stage(StageTask(0, objects, contract, f"file://{folder}/staging-{contract.name}/"))


class Datasets(unittest.TestCase):
    def test_exact_dirt(self) -> None:
        folder, answers = generated()
        for contract, counts in answers:
            with self.subTest(contract.name):
                found = staged(folder.name, contract)
                self.assertEqual(found.records, counts["lines"])
                self.assertEqual(dict(sorted(found.reasons.items())), dict(sorted(counts["badByReason"].items())))
                self.assertEqual(found.duplicates, counts["duplicates"])
                self.assertEqual(sum(fragment.rows for fragment in found.fragments), counts["clean"])
                self.assertEqual((found.unknown_fields, found.missing_fields), ({}, []))

    def test_the_raw_texts_of_read_columns_come_through(self) -> None:
        folder, answers = generated()
        for contract, _ in answers:
            with self.subTest(contract.name):
                found = staged(folder.name, contract)
                sources = Path(folder.name, contract.name)
                texts = [column.name for column in contract.read_columns if column.type == "string"]
                fragment = found.fragments[0].location.removeprefix("file://")
                query = f"SELECT source_object, {', '.join(texts)} FROM '{fragment}' LIMIT 200"
                for source, *values in duckdb.sql(query).fetchall():
                    raw = (sources / source).read_text(encoding="utf-8")
                    for value in filter(None, values):
                        written = json.dumps(value, ensure_ascii=False)[1:-1]
                        self.assertIn(written.replace('\\"', '""' if contract.raw_format == "csv" else '\\"'), raw)


if __name__ == "__main__":
    unittest.main()
