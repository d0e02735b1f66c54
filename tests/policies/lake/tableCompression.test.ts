import { deepEqual, equal } from "node:assert/strict";
import { tableCompression } from "../../../policies/lake/table-compression";
import { ctas, icebergTable, namedQuery, parameters, table } from "../fixtures";
import { clean, judge, type Subject, type Verdict, unknownString, violation } from "../harness";

const judged = (subject: Subject): Promise<Verdict> => judge(tableCompression, subject);
const compressed = (more: Record<string, string>): Subject => table({ parameters: { ...parameters, ...more } });

describe("policy table-compression", () => {
    it("passes every codec that all engines read, and none that is stated", async () => {
        deepEqual(await judged(table()), clean);
        for (const codec of ["ZSTD", "snappy", "GZIP", "lz4"]) {
            deepEqual(await judged(compressed({ "parquet.compression": codec, compressionType: "none" })), clean);
        }
    });

    it("refuses no compression, and codecs that not every engine reads", async () => {
        deepEqual(
            await judged(compressed({ "parquet.compression": "UNCOMPRESSED" })),
            violation(
                'Table "sales" is not compressed ("UNCOMPRESSED"): queries read, and storage costs, several times more. ' +
                    'Set its parameter "parquet.compression" to "ZSTD".',
            ),
        );
        deepEqual(
            await judged(compressed({ "parquet.compress": "BROTLI" })),
            violation(
                'Table "sales" is compressed by "BROTLI", which not every engine reads inside Parquet. ' +
                    'Set its parameter "parquet.compress" to "ZSTD".',
            ),
        );
    });

    it("refuses files that are compressed as a whole", async () => {
        deepEqual(
            await judged(compressed({ compressionType: "gzip" })),
            violation(
                'Table "sales" has files compressed as a whole ("gzip"): no engine can read a column of them alone. ' +
                    'Set its parameter "compressionType" to "none", and "parquet.compression" to "ZSTD".',
            ),
        );
    });

    it("judges Iceberg by its own properties", async () => {
        const iceberg = (codec: string): Subject =>
            icebergTable({ properties: { "write.parquet.compression-codec": codec } });
        deepEqual(await judged(iceberg("zstd")), clean);
        deepEqual(
            await judged(iceberg("uncompressed")),
            violation(
                'Iceberg table "sales" is not compressed ("uncompressed"): queries read, and storage costs, several times ' +
                    'more. Set "write.parquet.compression-codec" to "zstd".',
            ),
        );
    });

    it("judges CTAS, UNLOAD and DDL", async () => {
        deepEqual(await judged(ctas("write_compression = 'ZSTD'")), clean);
        deepEqual(
            await judged(ctas("write_compression = 'NONE'")),
            violation(
                'Named query "monthly-summary" creates table "monthly_summary", which is not compressed ("NONE"): queries ' +
                    "read, and storage costs, several times more. Set write_compression = 'ZSTD'.",
            ),
        );
        const unload = namedQuery("UNLOAD (SELECT 1) TO 's3://o/' WITH (format = 'PARQUET', compression = 'BZIP2')");
        equal((await judged(unload)).violations.length, 1);
        const ddl =
            "CREATE EXTERNAL TABLE t (a int) PARTITIONED BY (d date) STORED AS PARQUET LOCATION 's3://b/' " +
            "TBLPROPERTIES ('parquet.compression' = 'NONE')";
        equal((await judged(namedQuery(ddl))).violations.length, 1);
        deepEqual(await judged(namedQuery("INSERT INTO sales SELECT * FROM raw")), clean);
    });

    it("waits for a codec that is not known yet", async () => {
        const { notKnownYet } = await judged(compressed({ "parquet.compression": unknownString }));
        equal(notKnownYet, "string value at .parameters.parquet.compression can't be known during preview");
    });
});
