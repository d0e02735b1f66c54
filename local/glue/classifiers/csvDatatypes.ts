/**
 * Custom datatypes of CSV classifiers, as Hive names them.
 * @see https://docs.aws.amazon.com/glue/latest/dg/custom-classifier.html#custom-classifier-csv
 */
export const csvDatatypes: Readonly<Record<string, string>> = {
    BINARY: "binary",
    BOOLEAN: "boolean",
    DATE: "date",
    DECIMAL: "decimal",
    DOUBLE: "double",
    FLOAT: "float",
    INT: "int",
    LONG: "bigint",
    SHORT: "smallint",
    STRING: "string",
    TIMESTAMP: "timestamp",
};
