"""What can be told wrong with a contract before any row is read."""

from __future__ import annotations

import duckdb
from pyspark.sql import SparkSession

from lakeworks.conform import conform_query
from lakeworks.contract import Contract
from lakeworks.engine import workspace
from lakeworks.expressions import UnsupportedExpressionError
from lakeworks.gold import check_gold
from lakeworks.read.records import Records
from lakeworks.survey import Survey


def check(spark: SparkSession, contract: Contract) -> None:
    """Raises UnsupportedExpressionError or GoldError, each naming the part of the contract."""
    with workspace() as (connection, folder):
        connection.execute("CREATE TABLE lines (line VARCHAR)")
        query = conform_query(contract, Records(folder, True, ()), "lines", Survey())
        try:
            connection.execute(f"DESCRIBE {query}")
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0]
            raise UnsupportedExpressionError(
                f"An expression of the contract {contract.name} can't be computed: {reason}"
            ) from error
    check_gold(spark, contract)
