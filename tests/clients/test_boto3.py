"""boto3 and the AWS CLI: what the platform uses is served, and every list that is served comes in pages."""

from __future__ import annotations

import json
import math
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError
from support import ROOT, ClientTestCase, client

SERVICES = ("glue", "athena", "lakeformation")

#: Actions that IAM knows and no operation of an SDK is called by.
PERMISSIONS_ONLY = {
    "athena:GetQueryResultsStream": "how JDBC and ODBC drivers fetch results",
    "glue:PublishDataQuality": "asked of a job that publishes its results",
}

#: Operations whose answer goes to a host of its own (query-… or data-…), which an endpoint on 127.0.0.1 has none of.
OTHER_HOSTS = (
    "get_query_state",
    "get_query_statistics",
    "get_work_unit_results",
    "get_work_units",
    "start_query_planning",
)


def sources(pattern: str, *folders: str) -> Iterator[str]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob(pattern)):
            if "node_modules" not in path.parts:
                yield path.read_text(encoding="utf-8")


def used_operations() -> set[tuple[str, str]]:
    """Service and operation, as the platform's programs import them, its jobs call them and its policies allow them."""
    used = set()
    for text in sources("*.ts", "automation", "components", "stacks", "datasets", "tools", "local"):
        for names, service in re.findall(r"import \{([^}]*)\} from \"@aws-sdk/client-(glue|athena)\"", text):
            used |= {(service, name) for name in re.findall(r"\b(\w+)Command\b", names)}
        for service, action in re.findall(r"\"(glue|athena|lakeformation):([A-Z]\w+)\"", text):
            if f"{service}:{action}" not in PERMISSIONS_ONLY:
                used.add((service, action))
    methods = {xform_name(name): name for name in client("glue").meta.service_model.operation_names}
    for text in sources("*.py", "glue-scripts", "local/spark"):
        called = re.findall(r"\bglue\.(?:get_paginator\(\"(\w+)\"|(\w+)\()", text)
        used |= {("glue", methods[name]) for pair in called for name in pair if name in methods}
    return used


class BotoLists(ClientTestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.make_catalog()
        cls.make_jobs()
        athena = client("athena")
        athena.create_work_group(
            Name="lists",
            Configuration={"ResultConfiguration": {"OutputLocation": f"s3://{cls.bucket}/results/"}},
            Tags=[{"Key": f"key{n}", "Value": "v"} for n in range(3)],
        )
        for n in range(3):
            athena.create_named_query(
                Name=f"query {n}", Database=cls.database, QueryString="SELECT 1", WorkGroup="lists"
            )
            client("lakeformation").create_lf_tag(TagKey=f"lists{n}", TagValues=["a"])
        query = {"Database": cls.database, "QueryString": "SELECT 1", "WorkGroup": "lists"}
        made = [athena.create_named_query(Name=f"query {n}", **query) for n in range(3)]
        cls.named_queries = [each["NamedQueryId"] for each in made]
        cls.queries = [cls().run_sql(f"SELECT n FROM UNNEST(sequence(1, {n + 2})) AS t(n)") for n in range(3)]

    @classmethod
    def make_catalog(cls) -> None:
        glue = client("glue")
        storage = {"Columns": [{"Name": "a", "Type": "int"}], "Location": f"s3://{cls.bucket}/t/"}
        for n in range(3):
            glue.create_database(DatabaseInput={"Name": f"{cls.database}_{n}"})
            table = {"Name": f"table{n}", "StorageDescriptor": storage, "TableType": "EXTERNAL_TABLE"}
            table["PartitionKeys"] = [{"Name": key, "Type": "string"} for key in ("x", "y", "z")]
            glue.create_table(DatabaseName=cls.database, TableInput=table)
        for n in range(3):
            glue.update_table(DatabaseName=cls.database, TableInput={**table, "Description": str(n)})
            values = {"Values": [str(n), "b", "c"], "StorageDescriptor": storage}
            glue.create_partition(DatabaseName=cls.database, TableName="table2", PartitionInput=values)
            index = {"IndexName": f"index{n}", "Keys": ["x", "y", "z"][: n + 1]}
            glue.create_partition_index(DatabaseName=cls.database, TableName="table2", PartitionIndex=index)

    @classmethod
    def make_jobs(cls) -> None:
        glue, iam = client("glue"), client("iam")
        trust = {
            "Statement": [
                {"Effect": "Allow", "Principal": {"Service": "glue.amazonaws.com"}, "Action": "sts:AssumeRole"}
            ]
        }
        role = iam.create_role(RoleName="lists", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
        subnet = client("ec2").describe_subnets()["Subnets"][0]
        network = {"SubnetId": subnet["SubnetId"], "AvailabilityZone": subnet["AvailabilityZone"]}
        command = {"Name": "glueetl", "ScriptLocation": f"s3://{cls.bucket}/none.py", "PythonVersion": "3"}
        for n in range(3):
            glue.create_workflow(Name=f"lists{n}")
            glue.create_connection(
                ConnectionInput={
                    "Name": f"lists{n}", "ConnectionType": "NETWORK", "ConnectionProperties": {},
                    "PhysicalConnectionRequirements": {**network, "SecurityGroupIdList": ["sg-1"]},
                }
            )  # fmt: skip
            encryption = {"S3Encryption": [{"S3EncryptionMode": "SSE-S3"}]}
            glue.create_security_configuration(Name=f"lists{n}", EncryptionConfiguration=encryption)
            targets = {"S3Targets": [{"Path": f"s3://{cls.bucket}/crawled/"}]}
            glue.create_crawler(Name=f"lists{n}", Role=role, DatabaseName=cls.database, Targets=targets)
            glue.create_job(Name=f"lists{n}", Role=role, Command=command, GlueVersion="5.1")
            glue.create_trigger(Name=f"lists{n}", Type="ON_DEMAND", Actions=[{"JobName": f"lists{n}"}])

    def lists(self) -> dict[str, tuple[dict[str, Any], Callable[[Any], Any], list[Any]]]:
        """Of each operation its input, what tells an item from others, and what the list has at least."""
        of_table = {"DatabaseName": self.database, "TableName": "table2"}
        named = [f"lists{n}" for n in range(3)]

        def name(item: Any) -> Any:
            return item["Name"]

        def whole(item: Any) -> Any:
            return json.dumps(item, default=str)

        def itself(item: Any) -> Any:
            return item

        workgroup = "arn:aws:athena:us-east-1:000000000000:workgroup/lists"
        databases = [f"{self.database}_{n}" for n in range(3)]
        tables = [f"table{n}" for n in range(3)]
        of_catalog = {"CatalogName": "AwsDataCatalog"}
        return {
            "glue.get_databases": ({}, name, databases),
            "glue.get_tables": ({"DatabaseName": self.database}, name, tables),
            "glue.get_table_versions": (of_table, lambda item: item["VersionId"], ["0", "1", "2", "3"]),
            "glue.get_partitions": (of_table, lambda item: item["Values"][0], ["0", "1", "2"]),
            "glue.get_partition_indexes": (of_table, lambda item: item["IndexName"], [f"index{n}" for n in range(3)]),
            "glue.get_user_defined_functions": ({"DatabaseName": self.database, "Pattern": "*"}, whole, []),
            "glue.get_connections": ({}, name, named),
            "glue.get_security_configurations": ({}, name, named),
            "glue.get_crawlers": ({}, name, named),
            "glue.get_crawler_metrics": ({}, lambda item: item["CrawlerName"], named),
            "glue.get_jobs": ({}, name, named),
            "glue.list_jobs": ({}, itself, named),
            "glue.get_job_runs": ({"JobName": "lists0"}, lambda item: item["Id"], []),
            "glue.get_triggers": ({}, name, named),
            "glue.list_triggers": ({}, itself, named),
            "glue.get_classifiers": ({}, whole, []),
            "glue.list_registries": ({}, whole, []),
            "glue.list_workflows": ({}, itself, named),
            "glue.get_workflow_runs": ({"Name": "lists0"}, lambda item: item["WorkflowRunId"], []),
            "athena.list_data_catalogs": ({}, lambda item: item["CatalogName"], ["AwsDataCatalog"]),
            "athena.list_databases": (of_catalog, name, databases),
            "athena.list_table_metadata": ({**of_catalog, "DatabaseName": self.database}, name, tables),
            "athena.list_named_queries": ({"WorkGroup": "lists"}, itself, self.named_queries),
            "athena.list_query_executions": ({}, itself, self.queries),
            "athena.list_tags_for_resource": (
                {"ResourceARN": workgroup}, lambda item: item["Key"], [f"key{n}" for n in range(3)],
            ),
            "athena.get_query_results": (
                {"QueryExecutionId": self.queries[2]},
                lambda item: item["Data"][0]["VarCharValue"], ["n", "1", "2", "3", "4"],
            ),
            "lakeformation.list_lf_tags": ({}, lambda item: item["TagKey"], named),
        }  # fmt: skip

    #: Athena answers no fewer tags than this in a page.
    LEAST = {"athena.list_tags_for_resource": 75}  # noqa: RUF012

    #: It has tokens, but knows no size of pages.
    SIZELESS = {"glue.get_partition_indexes"}  # noqa: RUF012

    #: Refused where there is no Iceberg table with an optimizer, which tests/local has.
    ELSEWHERE = {"glue.list_table_optimizer_runs"}  # noqa: RUF012

    def served(self, service: str) -> set[str]:
        """The client's methods that the local AWS knows, by asking it without any input."""
        settings = Config(parameter_validation=False, retries={"max_attempts": 1})
        own = client(service, config=settings)
        found = set()
        for method, operation in own.meta.method_to_api_mapping.items():
            if method in OTHER_HOSTS:
                continue
            try:
                own._make_api_call(operation, {})
            except ClientError as error:
                if error.response["Error"]["Code"] == "UnknownOperationException":
                    continue
            found.add(method)
        return found

    def test_what_the_platform_uses_is_served(self) -> None:
        served = {service: self.served(service) for service in SERVICES}
        used = used_operations()
        self.assertGreater(len(used), 50)
        self.assertEqual({use for use in used if xform_name(use[1]) not in served[use[0]]}, set())

    def test_every_list_comes_in_pages(self) -> None:
        pageable = {
            f"{service}.{method}"
            for service in SERVICES
            for method in self.served(service)
            if client(service).can_paginate(method)
        }
        lists = self.lists()
        self.assertEqual(pageable - self.ELSEWHERE, set(lists))
        for operation, (given, identity, expected) in lists.items():
            with self.subTest(operation):
                service, method = operation.split(".")
                paginator = client(service).get_paginator(method)
                items = paginator.result_keys[0]
                whole = [identity(item) for page in paginator.paginate(**given) for item in items.search(page)]
                self.assertEqual(len(set(whole)), len(whole))
                self.assertEqual(set(expected) - set(whole), set())
                if operation in self.SIZELESS:
                    continue
                size = self.LEAST.get(operation, 2)
                pages = [
                    [identity(item) for item in items.search(page)]
                    for page in paginator.paginate(**given, PaginationConfig={"PageSize": size})
                ]
                self.assertEqual([item for page in pages for item in page], whole)
                self.assertEqual(len(pages), max(1, math.ceil(len(whole) / size)))

    def test_waiters(self) -> None:
        self.assertEqual([name for service in SERVICES for name in client(service).waiter_names], [])
        s3 = client("s3")
        s3.get_waiter("bucket_exists").wait(Bucket=self.bucket)
        s3.put_object(Bucket=self.bucket, Key="waited/for", Body=b"x")
        s3.get_waiter("object_exists").wait(Bucket=self.bucket, Key="waited/for")
        s3.get_waiter("object_not_exists").wait(Bucket=self.bucket, Key="waited/never")

    def cli(self, *arguments: str) -> Any:
        done = subprocess.run(["aws", *arguments, "--output", "json"], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout or "{}")

    def test_the_cli_pages_and_goes_on(self) -> None:
        tables = ("glue", "get-tables", "--database-name", self.database, "--page-size", "1")
        first = self.cli(*tables, "--max-items", "2")
        self.assertEqual([table["Name"] for table in first["TableList"]], ["table0", "table1"])
        rest = self.cli(*tables, "--starting-token", first["NextToken"])
        self.assertEqual([table["Name"] for table in rest["TableList"]], ["table2"])
        names = self.cli("glue", "get-jobs", "--query", "Jobs[?starts_with(Name, `lists`)].Name")
        self.assertEqual(names, ["lists0", "lists1", "lists2"])
        rows = self.cli("athena", "get-query-results", "--query-execution-id", self.queries[2], "--page-size", "2")
        self.assertEqual(
            [row["Data"][0]["VarCharValue"] for row in rows["ResultSet"]["Rows"]], ["n", "1", "2", "3", "4"]
        )
        tags = self.cli("lakeformation", "list-lf-tags", "--page-size", "1", "--query", "LFTags[].TagKey")
        self.assertEqual([tag for tag in tags if tag.startswith("lists")], ["lists0", "lists1", "lists2"])

    def test_the_cli_on_files(self) -> None:
        path = Path(self.enterContext(tempfile.TemporaryDirectory())) / "rows.csv"
        path.write_text("1,ä\n2,b\n", encoding="utf-8")
        subprocess.run(
            ["aws", "s3", "cp", "--quiet", str(path), f"s3://{self.bucket}/csv/rows.csv"], check=True, timeout=120
        )
        self.run_sql(
            f"CREATE EXTERNAL TABLE {self.database}_0.csv_rows (id int, text string) "
            "ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' "
            f"LOCATION 's3://{self.bucket}/csv/'"
        )
        self.assertEqual(
            self.rows(f"SELECT id, text FROM {self.database}_0.csv_rows ORDER BY id"), [("1", "ä"), ("2", "b")]
        )
