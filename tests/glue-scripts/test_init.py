"""Datasets that `lakeworks init` proposes run as they are: from the sample to silver, by the whole job on Spark."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import unittest
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from awsglue.context import GlueContext
from folder_lake import FolderLake
from init_samples import write_samples
from session import session

ROOT = Path(__file__).resolve().parents[2]

#: Makes each dataset in a folder beside the modules that it imports, loads it from there and writes its raw files.
INIT = """
const fs = require("node:fs"), path = require("node:path");
const { loadDataset } = require("./datasets");
const { planDataset, writeDataset } = require("./automation/init");
const { jobContract } = require("./components/jobContract");
const { datasetArgs } = require("./stacks/dataset");
const [, folder, samples] = process.argv;
(async () => {
    const into = path.join(folder, "datasets");
    fs.mkdirSync(into);
    for (const file of fs.readdirSync("datasets").filter((name) => name.endsWith(".ts")))
        fs.copyFileSync(path.join("datasets", file), path.join(into, file));
    const answers = {};
    for (const [name, from] of Object.entries(JSON.parse(samples))) {
        const plan = await planDataset({ name, from, into });
        writeDataset(plan);
        const dataset = loadDataset(plan.folder);
        const files = [];
        for await (const file of dataset.generate()) {
            const target = path.join(folder, name, "bronze", file.key);
            fs.mkdirSync(path.dirname(target), { recursive: true });
            fs.writeFileSync(target, file.body);
            files.push({ key: file.key, counts: file.counts });
        }
        const queries = dataset.queries.map((query) => query.name);
        answers[name] = { contract: jobContract(datasetArgs(dataset)), files, queries };
    }
    console.log(JSON.stringify(answers));
})();
"""


class Init(unittest.TestCase):
    answers: dict[str, Any]
    folder: Path

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp(prefix="lakeworks-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        samples = {name: str(path) for name, path in write_samples(cls.folder).items()}
        command = ["node", "-r", "ts-node/register/transpile-only", "-e", INIT, str(cls.folder), json.dumps(samples)]
        cls.answers = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)

    def run_dataset(self, name: str) -> tuple[FolderLake, dict[str, Any]]:
        answer = self.answers[name]
        contract = json.loads(answer["contract"])
        # There is no CloudWatch here.
        contract["quality"] = {"rules": contract["quality"]["rules"], "onFailure": "fail", "metrics": False}
        lake = FolderLake(self.folder / name, json.dumps(contract), GlueContext(session().sparkContext))
        report = lake.run()
        self.assertEqual(report["status"], "succeeded")
        (file,) = answer["files"]
        counts = file["counts"]
        rows = report["rows"]
        found = (rows["input"], rows["output"], rows["quarantined"], rows["duplicates"])
        self.assertEqual(found, (counts["lines"], counts["clean"], counts["bad"], counts["duplicates"]))
        return lake, report

    def columns(self, name: str) -> list[tuple[str, str, str, bool]]:
        columns = json.loads(self.answers[name]["contract"])["columns"]
        return [
            (each["name"], each.get("source", each["name"]), each["type"], each.get("nullable", False))
            for each in columns
        ]

    def test_json_lines(self) -> None:
        lake, report = self.run_dataset("orders")
        expected = [
            ("order_id", "orderId", "string", False),
            ("event_time", "timestamp", "timestamp", False),
            ("customer_name", "customerName", "string", False),
            ("amount", "amount", "decimal(10,2)", False),
            ("units", "units", "bigint", False),
            ("paid", "paid", "boolean", False),
            ("channel", "channel", "string", False),
            ("zip", "zip", "string", False),
            ("note", "note", "string", True),
        ]
        self.assertEqual(self.columns("orders"), expected)
        self.assertEqual(report["rows"]["output"], 200)
        self.assertEqual(len(lake.partitions()), 5)
        row = (
            "O0005",
            datetime(2024, 3, 1, 5, tzinfo=UTC),
            Decimal("6.25"),
            6,
            False,
            "phone",
            "05123",
            None,
            '{"address":{"city":"Ulm"}}',
        )
        columns = "order_id, event_time, amount, units, paid, channel, zip, note, extra_fields"
        self.assertIn(row, lake.rows(columns))
        self.assertEqual(lake.rows("sum(amount), count(note)"), [(Decimal("24875.00"), 50)])
        self.assertEqual(self.answers["orders"]["queries"], ["by-channel", "rows-per-day"])

    def test_csv_with_quotes(self) -> None:
        lake, report = self.run_dataset("visits")
        expected = [
            ("visit_id", "Visit ID", "string", False),
            ("entered_at", "Entered At", "timestamp", False),
            ("room_name", 'Room "name"', "string", False),
            ("minutes", "Minutes", "bigint", True),
            ("visitor", "Visitor", "string", False),
        ]
        self.assertEqual(self.columns("visits"), expected)
        self.assertEqual((report["rows"]["output"], report["rows"]["duplicates"]), (150, 1))
        self.assertIn(
            ("V5", datetime(2024, 2, 1, 5, 30, tzinfo=UTC), 'Map; "old" 2', None, "Doe, J5\nguest"), lake.rows()
        )
        self.assertEqual(lake.rows("count(*), count(minutes), sum(minutes)"), [(150, 120, 4680)])

    def test_xml(self) -> None:
        lake, _ = self.run_dataset("shipments")
        expected = [
            ("id", "@id", "bigint", False),
            ("at", "at", "timestamp", False),
            ("weight", "weight", "decimal(10,1)", False),
            ("weight_unit", "weight@unit", "string", False),
            ("city", "city", "string", False),
        ]
        self.assertEqual(self.columns("shipments"), expected)
        self.assertIn((7, datetime(2024, 5, 4, 8, tzinfo=UTC), Decimal("7.5"), "kg", "Köln 3"), lake.rows())
        self.assertEqual(lake.rows("count(*), sum(id)"), [(60, 1770)])

    def test_parquet_with_a_key_of_two_columns(self) -> None:
        lake, _ = self.run_dataset("readings")
        contract = json.loads(self.answers["readings"]["contract"])
        self.assertEqual(contract["businessKey"], ["sensor_id", "measured_at"])
        types = [kind for _, _, kind, _ in self.columns("readings")]
        self.assertEqual(types, ["string", "timestamp", "double", "int", "decimal(9,3)", "boolean"])
        self.assertIn(("S2", datetime(2024, 6, 1, 1, tzinfo=UTC), 7 / 3, 1, Decimal("7.700"), False), lake.rows())
        self.assertEqual(lake.rows("count(*), sum(weight)"), [(300, Decimal("49335.000"))])

    def test_gzip(self) -> None:
        lake, _ = self.run_dataset("prices")
        self.assertEqual(self.answers["prices"]["files"][0]["key"], "ingest_date=2024-01-03/sample.csv.gz")
        self.assertEqual(lake.partitions(), [f"event_date=2024-01-0{day}" for day in (1, 2, 3)])
        self.assertIn((9, date(2024, 1, 1), Decimal("2.25"), "001"), lake.rows())
        self.assertEqual(lake.rows("count(*), sum(price)"), [(120, Decimal("1785.00"))])


if __name__ == "__main__":
    unittest.main()
