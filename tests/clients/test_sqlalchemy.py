"""PyAthena's dialect of SQLAlchemy: tables made, filled, reflected and queried by the ORM."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import quote_plus

from pyathena.sqlalchemy.types import AthenaArray, AthenaMap, AthenaStruct
from sqlalchemy import (
    CHAR,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    create_engine,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.dialects import registry
from sqlalchemy.exc import DatabaseError, NoSuchTableError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from support import ClientTestCase, endpoint

registry.register("awsathena", "pyathena.sqlalchemy.base", "AthenaDialect")


class SqlalchemyShop(ClientTestCase):
    def setUp(self) -> None:
        endpoint()
        url = f"awsathena+rest://test:test@athena.us-east-1.amazonaws.com:443/{self.database}"
        staging = quote_plus(self.results)
        self.engine = create_engine(f"{url}?s3_staging_dir={staging}&poll_interval=0.1")
        self.addCleanup(self.engine.dispose)

    def table(self, name: str, *columns: Any, **options: Any) -> Table:
        location = f"s3://{self.bucket}/{name}/"
        return Table(name, MetaData(), *columns, awsathena_location=location, **options)

    def test_types_there_and_back(self) -> None:
        table = self.table(
            "typed",
            Column("id", Integer, comment="it's the key"),
            Column("big", BigInteger),
            Column("price", Numeric(10, 2)),
            Column("ratio", Float),
            Column("name", String),
            Column("code", CHAR(3)),
            Column("flag", Boolean),
            Column("day", Date),
            Column("year", Integer, awsathena_partition=True),
            awsathena_file_format="PARQUET",
            awsathena_compression="SNAPPY",
            comment="of each type",
        )
        table.create(self.engine)
        row = {
            "id": 1, "big": 2**62, "price": Decimal("-1.50"), "ratio": 0.5, "name": "naïve 'quote' 100%",
            "code": "abc", "flag": True, "day": dt.date(2024, 2, 29), "year": 2024,
        }  # fmt: skip
        with self.engine.begin() as connection:
            connection.execute(table.insert().values(**row))
            connection.execute(table.insert().values(id=2, year=2023))
            found = connection.execute(select(table).order_by(table.c.id)).mappings().all()
        self.assertEqual(dict(found[0]), row)
        self.assertEqual(dict(found[1]), {**dict.fromkeys(row), "id": 2, "year": 2023})

        inspector = inspect(self.engine)
        columns = {each["name"]: each for each in inspector.get_columns("typed")}
        self.assertEqual(
            {name: str(each["type"]) for name, each in columns.items()},
            {"id": "INTEGER", "big": "BIGINT", "price": "DECIMAL(10, 2)", "ratio": "FLOAT", "name": "VARCHAR",
             "code": "CHAR(3)", "flag": "BOOLEAN", "day": "DATE", "year": "INTEGER"},
        )  # fmt: skip
        self.assertEqual(columns["id"]["comment"], "it's the key")
        self.assertIs(columns["year"]["dialect_options"]["awsathena_partition"], True)
        self.assertIsNone(columns["id"]["dialect_options"]["awsathena_partition"])
        self.assertEqual(inspector.get_table_comment("typed")["text"], "of each type")
        options = inspector.get_table_options("typed")
        self.assertEqual(options["awsathena_location"], f"s3://{self.bucket}/typed/")
        self.assertEqual(options["awsathena_tblproperties"]["parquet.compress"], "SNAPPY")

        reflected = Table("typed", MetaData(), autoload_with=self.engine)
        with self.engine.connect() as connection:
            self.assertEqual(
                connection.scalar(select(func.sum(reflected.c.big)).where(reflected.c.year == 2024)), 2**62
            )

    def test_nested_types(self) -> None:
        table = self.table(
            "nested",
            Column("id", Integer),
            Column("tags", AthenaArray(String)),
            Column("counts", AthenaMap(String, Integer)),
            awsathena_file_format="PARQUET",
        )
        table.create(self.engine)
        self.run_sql("ALTER TABLE nested ADD COLUMNS (pair struct<x:int,y:string>)")
        self.run_sql("INSERT INTO nested VALUES (1, ARRAY['a', 'b'], MAP(ARRAY['k'], ARRAY[2]), ROW(3, 'z'))")
        reflected = Table("nested", MetaData(), autoload_with=self.engine)
        with self.engine.connect() as connection:
            row = connection.execute(select(reflected)).one()
        self.assertEqual(row[0], 1)
        self.assertEqual([str(value) for value in row[1:]], ["['a', 'b']", "{'k': '2'}", "{'x': '3', 'y': 'z'}"])

    def test_a_struct_in_a_new_table(self) -> None:
        # The dialect writes it as ROW, which Athena's CREATE EXTERNAL TABLE does not know.
        table = self.table("pairs", Column("pair", AthenaStruct(("x", Integer))))
        with self.assertRaisesRegex(DatabaseError, "mismatched input 'ROW'"):
            table.create(self.engine)

    def test_orm(self) -> None:
        bucket = self.bucket

        class Base(DeclarativeBase):
            pass

        class Sale(Base):
            __tablename__ = "sale"
            __table_args__ = {  # noqa: RUF012
                "awsathena_location": f"s3://{bucket}/sale/",
                "awsathena_tblproperties": {"table_type": "ICEBERG"},
            }
            id: Mapped[int] = mapped_column(Integer, primary_key=True)
            item: Mapped[str] = mapped_column(Text)
            amount: Mapped[Decimal] = mapped_column(Numeric(10, 2))

        Base.metadata.create_all(self.engine)
        Base.metadata.create_all(self.engine)
        with Session(self.engine) as session:
            session.add_all([Sale(id=n, item=f"item {n}", amount=Decimal(n) / 4) for n in range(1, 6)])
            session.commit()
        self.assertEqual(
            self.rows("SELECT id, item, amount FROM sale WHERE id > 3 ORDER BY id"),
            [("4", "item 4", "1.00"), ("5", "item 5", "1.25")],
        )
        with Session(self.engine) as session:
            query = select(Sale).where(Sale.amount > Decimal("0.75")).order_by(Sale.id.desc()).limit(1)
            self.assertEqual([sale.item for sale in session.scalars(query)], ["item 5"])
            totals = select(func.count(), func.sum(Sale.amount)).where(Sale.item.like("item %"))
            self.assertEqual(tuple(session.execute(totals).one()), (5, Decimal("3.75")))
            changed = session.get(Sale, 2)
            self.assertIsNotNone(changed)
            changed.item = "renamed"
            session.commit()
            session.delete(session.get(Sale, 3))
            session.commit()
        self.assertEqual(
            self.rows("SELECT id, item FROM sale WHERE id < 4 ORDER BY id"), [("1", "item 1"), ("2", "renamed")]
        )

    def test_reflection_of_what_others_made(self) -> None:
        self.run_sql(
            f"CREATE EXTERNAL TABLE made (a int, b string) PARTITIONED BY (y int) STORED AS ORC "
            f"LOCATION 's3://{self.bucket}/made/'"
        )
        self.run_sql("CREATE VIEW made_view AS SELECT a, CAST(a AS decimal(7,3)) price, b FROM made")
        inspector = inspect(self.engine)
        self.assertIn(self.database, inspector.get_schema_names())
        self.assertIn("made", inspector.get_table_names())
        self.assertEqual(inspector.get_view_names(), ["made_view"])
        self.assertEqual(
            [(each["name"], str(each["type"])) for each in inspector.get_columns("made_view")],
            [("a", "INTEGER"), ("price", "DECIMAL(7, 3)"), ("b", "VARCHAR")],
        )
        self.assertIn("CREATE VIEW", inspector.get_view_definition("made_view"))
        self.assertTrue(inspector.has_table("made"))
        self.assertFalse(inspector.has_table("nix"))
        with self.assertRaises(NoSuchTableError):
            inspector.get_columns("nix")
        self.assertEqual(inspector.get_pk_constraint("made")["constrained_columns"], [])

    def test_text_and_errors(self) -> None:
        with self.engine.connect() as connection:
            row = connection.execute(text("SELECT :a || 'b' AS v, :n + 1 AS n"), {"a": "it's", "n": 41}).one()
            self.assertEqual((row.v, row.n), ("it'sb", 42))
            with self.assertRaisesRegex(OperationalError, "TABLE_NOT_FOUND"):
                connection.execute(text("SELECT * FROM nix"))
