"""The sales contract against its generator: the library finds exactly the dirt that was put in."""

from __future__ import annotations

import json
import subprocess
import tempfile
import unittest
from decimal import Decimal
from pathlib import Path

from lakeworks.conform import conform
from lakeworks.contract import Contract
from lakeworks.deduplicate import keep_one
from lakeworks.survey import survey
from pyspark.sql import functions as f
from spark import LINE, REASON, ROOT, SOURCE_OBJECT, session

GENERATE = """
const fs = require("node:fs"), path = require("node:path");
const { dataset, addCounts, noCounts } = require("./datasets");
(async () => {
    const { contract, generate } = dataset("sales");
    let counts = noCounts;
    for await (const file of generate({ rows: 3000, days: 20, badRate: 0.2, duplicateRate: 0.1, lateRate: 0.1 })) {
        const target = path.join(process.argv[1], file.key);
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, file.body);
        counts = addCounts(counts, file.counts);
    }
    console.log(JSON.stringify({ contract, counts }));
})();
"""


class Sales(unittest.TestCase):
    def test_exact_dirt(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            command = ["node", "-r", "ts-node/register/transpile-only", "-e", GENERATE, folder]
            answer = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
            contract, counts = Contract.parse(json.dumps(answer["contract"])), answer["counts"]
            lines = session().read.option("recursiveFileLookup", "true").text(folder)
            lines = lines.select(f.col("value").alias(LINE), f.input_file_name().alias(SOURCE_OBJECT))
            rows = conform(lines, contract).persist()
            found = survey(rows, contract)
            self.assertEqual(found.rows, counts["lines"])
            self.assertEqual(found.reasons, dict(sorted(counts["badByReason"].items())))
            self.assertEqual(len(found.source_objects), len(list(Path(folder).rglob("*.jsonl"))))
            distinct = keep_one(rows.where(f.isnull(REASON)), contract)
            self.assertEqual(distinct.dropped, counts["duplicates"])
            kept = distinct.rows.collect()
            self.assertEqual(len(kept), counts["clean"])
            sums = [json.loads(row[LINE], parse_float=Decimal)["total_amount"] for row in kept]
            self.assertEqual([row.total_amount for row in kept], sums)
