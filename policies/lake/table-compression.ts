import { icebergProperty, type RefinedTable, tableCheck } from "../lib/catalogTable";
import { queryChecks, type JudgedQuery } from "../lib/query";
import { resourceRule } from "../lib/resourceRule";
import { textProperty, type WritingStatement } from "../lib/sql";

/** Codecs that Athena, Spark and Glue all read inside Parquet files. */
const codecs: ReadonlySet<string> = new Set(["ZSTD", "SNAPPY", "GZIP", "LZ4"]);

export const tableCompression = resourceRule(
    {
        name: "table-compression",
        displayName: "Parquet is compressed inside the file",
        description:
            "Silver and gold files are compressed by a codec that every engine reads, inside the Parquet file.",
        severity: "medium",
        tags: ["cost", "performance"],
        url: "https://docs.aws.amazon.com/athena/latest/ug/compression-formats.html",
        remediationSteps:
            'Set the table parameter "parquet.compression" (of Iceberg "write.parquet.compression-codec", in a CTAS ' +
            'write_compression) to ZSTD, or leave it out, and "compressionType" to "none".',
    },
    {
        ...tableCheck((table) => (table.iceberg ? checkIceberg(table) : checkHive(table))),
        ...queryChecks(checkStatement),
    },
);

function checkHive({ props, name, look, report }: RefinedTable): void {
    for (const parameter of ["parquet.compression", "parquet.compress"]) {
        const codec = look(() => props.parameters?.[parameter]);
        if (typeof codec === "string" && !codecs.has(codec.toUpperCase())) {
            report(`Table "${name}" ${wrongCodec(codec)}. Set its parameter "${parameter}" to "ZSTD".`);
        }
    }
    const around = look(() => props.parameters?.["compressionType"]);
    if (typeof around === "string" && /^(gzip|bzip2|zip|lzo)$/i.test(around)) {
        report(
            `Table "${name}" has files compressed as a whole ("${around}"): no engine can read a column of them alone. ` +
                'Set its parameter "compressionType" to "none", and "parquet.compression" to "ZSTD".',
        );
    }
}

const icebergCodec = ["write.parquet.compression-codec", "write_compression"];

function checkIceberg({ props, name, look, report }: RefinedTable): void {
    const codec = icebergProperty(props, look, icebergCodec);
    if (codec !== undefined && !codecs.has(codec.value.toUpperCase())) {
        report(`Iceberg table "${name}" ${wrongCodec(codec.value)}. Set "${codec.name}" to "zstd".`);
    }
}

const codecOf: Readonly<Record<string, readonly string[]>> = {
    ctas: ["write_compression", "parquet_compression"],
    unload: ["compression"],
    create: ["write_compression", "parquet.compression", "parquet.compress"],
};

function checkStatement({ title, report }: JudgedQuery, statement: WritingStatement): void {
    if (statement.kind === "insert") {
        return;
    }
    for (const property of codecOf[statement.kind] ?? []) {
        const codec = textProperty(statement.properties, property);
        if (codec !== undefined && !codecs.has(codec)) {
            const target =
                statement.kind === "unload" ? "unloads files that are" : `creates table "${statement.table}", which is`;
            report(`${title} ${target} ${wrongCodec(codec).replace(/^is /, "")}. Set ${property} = 'ZSTD'.`);
        }
    }
}

function wrongCodec(codec: string): string {
    return /^(none|uncompressed)$/i.test(codec)
        ? `is not compressed ("${codec}"): queries read, and storage costs, several times more`
        : `is compressed by "${codec}", which not every engine reads inside Parquet`;
}
