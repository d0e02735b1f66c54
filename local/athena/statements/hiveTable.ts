/** `CREATE EXTERNAL TABLE`: https://docs.aws.amazon.com/athena/latest/ug/create-table.html */
import type { Cursor } from "./cursor";
import type { CatalogStatement, HiveColumn, NewTable } from "./types";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Format {
    readonly serde: string;
    readonly inputFormat: string;
    readonly outputFormat: string;
}

const textSerde = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
const text: Format = {
    serde: textSerde,
    inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
};

const formats: Readonly<Record<string, Format>> = {
    TEXTFILE: text,
    PARQUET: {
        serde: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
        inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
    },
    ORC: {
        serde: "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
        inputFormat: "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat",
    },
    AVRO: {
        serde: "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
        inputFormat: "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat",
    },
    RCFILE: {
        serde: "org.apache.hadoop.hive.serde2.columnar.LazyBinaryColumnarSerDe",
        inputFormat: "org.apache.hadoop.hive.ql.io.RCFileInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.RCFileOutputFormat",
    },
    SEQUENCEFILE: {
        serde: textSerde,
        inputFormat: "org.apache.hadoop.mapred.SequenceFileInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat",
    },
};

export function parseCreateTable(cursor: Cursor): CatalogStatement {
    cursor.expect("CREATE", "EXTERNAL", "TABLE");
    const ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
    const table: Mutable<NewTable> = {
        name: cursor.tableName(),
        ifNotExists,
        columns: parseColumns(cursor),
        partitionKeys: [],
        serdeParameters: {},
        inputFormat: text.inputFormat,
        outputFormat: text.outputFormat,
        location: "",
        properties: {},
    };
    if (cursor.accept("COMMENT")) table.comment = cursor.text();
    if (cursor.accept("PARTITIONED", "BY")) table.partitionKeys = parseColumns(cursor);
    if (cursor.at("CLUSTERED"))
        throw cursor.fault("'ROW', 'STORED', 'LOCATION'. The local Athena has no bucketed tables");
    if (cursor.accept("ROW", "FORMAT")) parseRowFormat(cursor, table);
    if (cursor.accept("STORED", "AS")) parseStoredAs(cursor, table);
    if (cursor.accept("WITH", "SERDEPROPERTIES"))
        table.serdeParameters = { ...table.serdeParameters, ...parseProperties(cursor) };
    cursor.expect("LOCATION");
    table.location = cursor.text();
    if (cursor.accept("TBLPROPERTIES")) table.properties = parseProperties(cursor);
    cursor.finish();
    table.serde ??= textSerde;
    return {
        kind: "catalog",
        type: "DDL",
        subtype: "CREATE_TABLE",
        result: "txt",
        action: { do: "createTable", table },
    };
}

function parseRowFormat(cursor: Cursor, table: Mutable<NewTable>): void {
    if (cursor.accept("SERDE")) {
        table.serde = cursor.text();
        if (cursor.accept("WITH", "SERDEPROPERTIES")) table.serdeParameters = parseProperties(cursor);
        return;
    }
    cursor.expect("DELIMITED");
    const parameters: Record<string, string> = {};
    if (cursor.accept("FIELDS", "TERMINATED", "BY")) {
        parameters["field.delim"] = parameters["serialization.format"] = cursor.text();
        if (cursor.accept("ESCAPED", "BY")) parameters["escape.delim"] = cursor.text();
    }
    if (cursor.accept("COLLECTION", "ITEMS", "TERMINATED", "BY")) parameters["collection.delim"] = cursor.text();
    if (cursor.accept("MAP", "KEYS", "TERMINATED", "BY")) parameters["mapkey.delim"] = cursor.text();
    if (cursor.accept("LINES", "TERMINATED", "BY")) parameters["line.delim"] = cursor.text();
    if (cursor.accept("NULL", "DEFINED", "AS")) parameters["serialization.null.format"] = cursor.text();
    table.serde = textSerde;
    table.serdeParameters = parameters;
}

function parseStoredAs(cursor: Cursor, table: Mutable<NewTable>): void {
    if (cursor.accept("INPUTFORMAT")) {
        table.inputFormat = cursor.text();
        cursor.expect("OUTPUTFORMAT");
        table.outputFormat = cursor.text();
        return;
    }
    const format = formats[cursor.token.value.toUpperCase()];
    if (format === undefined)
        throw cursor.fault(
            Object.keys(formats)
                .map((name) => `'${name}'`)
                .join(", "),
        );
    cursor.next();
    table.inputFormat = format.inputFormat;
    table.outputFormat = format.outputFormat;
    table.serde ??= format.serde;
}

export function parseColumns(cursor: Cursor): HiveColumn[] {
    const columns: HiveColumn[] = [];
    cursor.expect("(");
    do {
        const name = cursor.identifier();
        const type = parseType(cursor);
        columns.push({ name, type, comment: cursor.accept("COMMENT") ? cursor.text() : undefined });
    } while (cursor.accept(","));
    cursor.expect(")");
    return columns;
}

const scalarTypes = new Set(
    "boolean tinyint smallint int bigint float double string binary date timestamp decimal char varchar".split(" "),
);

/** @returns the type as the catalog spells it */
export function parseType(cursor: Cursor): string {
    const name = cursor.token.value.toLowerCase();
    if (cursor.accept("array")) {
        cursor.expect("<");
        const element = parseType(cursor);
        cursor.expect(">");
        return `array<${element}>`;
    }
    if (cursor.accept("map")) {
        cursor.expect("<");
        const key = parseType(cursor);
        cursor.expect(",");
        const value = parseType(cursor);
        cursor.expect(">");
        return `map<${key},${value}>`;
    }
    if (cursor.accept("struct")) {
        const fields: string[] = [];
        cursor.expect("<");
        do {
            const field = cursor.identifier();
            cursor.expect(":");
            fields.push(`${field}:${parseType(cursor)}`);
        } while (cursor.accept(","));
        cursor.expect(">");
        return `struct<${fields.join(",")}>`;
    }
    const scalar = name === "integer" ? "int" : name;
    if (cursor.token.kind !== "word" || !scalarTypes.has(scalar)) throw cursor.fault("a type");
    cursor.next();
    if (!cursor.accept("(")) return scalar;
    const sizes = [cursor.next().value];
    if (cursor.accept(",")) sizes.push(cursor.next().value);
    cursor.expect(")");
    return `${scalar}(${sizes.join(",")})`;
}

/** `('key' = 'value', …)` */
export function parseProperties(cursor: Cursor): Record<string, string> {
    const properties: Record<string, string> = {};
    cursor.expect("(");
    do {
        const key = cursor.text();
        cursor.expect("=");
        properties[key] = cursor.text();
    } while (cursor.accept(","));
    cursor.expect(")");
    return properties;
}
