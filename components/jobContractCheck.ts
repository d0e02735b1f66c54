/** What is wrong with the description of a pipeline's data. */
import { catalogNamePattern, catalogNameReason, type Faults } from "./faults";
import { RawFormat, SchemaChange, type DatasetArgs } from "./jobContract";
import { TableFormat } from "./lakeTable";

/** Types that the job casts to; the catalog knows more. */
const columnType = /^(?:string|int|bigint|double|boolean|date|timestamp|decimal\(\d{1,2},\d{1,2}\))$/;

/** Silver's besides the declared ones; `extra_fields` is kept free in case the pipeline appends later. */
const addedColumns = ["source_object", "extra_fields"];

/** Adds what is wrong with the description of the data. Names of columns and keys, and types of keys, are LakeTable's to check. */
export function checkDataset(args: DatasetArgs, faults: Faults): void {
    faults.unlessMatches("dataset", args.dataset, catalogNamePattern, catalogNameReason);
    faults.unlessOneOf("rawFormat", args.rawFormat, Object.values(RawFormat));
    faults.unlessMatches("arrivalKey", args.arrivalKey, catalogNamePattern, catalogNameReason);
    faults.unlessWhole("targetFileMiB", args.targetFileMiB, 1, 5120, "MiB");
    faults.unlessOneOf("schemaChange", args.schemaChange, Object.values(SchemaChange));
    faults.unlessOneOf("tableFormat", args.tableFormat, Object.values(TableFormat));
    faults.unlessWhole("duplicatesWithinDays", args.duplicatesWithinDays, 0, 36_500, "days");
    checkRaw(args, faults);
    checkShare(args, faults);
    args.columns.forEach(({ name, type, source, otherSources, expression }, index) => {
        if (!columnType.test(type)) {
            faults.add(
                `columns[${index}].type`,
                `"${type}" is none that the job casts to: write string, int, bigint, double, boolean, date, timestamp or decimal(p,s)`,
            );
        }
        if ((source ?? otherSources) !== undefined && expression !== undefined) {
            faults.add(`columns[${index}]`, "is read from source or computed by expression: leave one of them out");
        }
        if (addedColumns.includes(name)) {
            faults.add(`columns[${index}].name`, `"${name}" is a column that the job adds: name yours otherwise`);
        }
        checkSources(name, source, otherSources, `columns[${index}]`, faults);
    });
    args.partitionKeys.forEach(({ expression }, index) => {
        if ((expression ?? "").trim() === "") {
            faults.add(
                `partitionKeys[${index}].expression`,
                "is empty: write Spark SQL over the columns, year(ordered_at)",
            );
        }
    });
    checkKeys(args, faults);
    checkGold(args, faults);
}

function checkSources(name: string, source = name, others: readonly string[] = [], path: string, faults: Faults): void {
    if (source.trim() === "") {
        faults.add(`${path}.source`, "is empty: name a field of the raw records, or leave it out");
    }
    others.forEach((other, index) => {
        if (other.trim() === "") {
            faults.add(`${path}.otherSources[${index}]`, "is empty: name a field of the raw records, or leave it out");
        } else if ([source, ...others.slice(0, index)].includes(other)) {
            faults.add(`${path}.otherSources[${index}]`, `"${other}" is there twice: name each field once`);
        }
    });
}

function checkRaw({ rawFormat, separator, rowTag }: DatasetArgs, faults: Faults): void {
    if (separator !== undefined && (rawFormat !== RawFormat.Csv || !/^[^"\r\n\w\s]$|^\t$/.test(separator))) {
        faults.add("separator", `"${separator}" must be one character between the fields of CSV: , ; | or a tab`);
    }
    if (rawFormat === RawFormat.Xml && !/^[A-Za-z_][\w.-]*$/.test(rowTag ?? "")) {
        faults.add("rowTag", `"${rowTag ?? ""}" must name the element of one record, without its namespace: order`);
    }
    if (rawFormat !== RawFormat.Xml && rowTag !== undefined) {
        faults.add("rowTag", "is for XML: set rawFormat to RawFormat.Xml, or leave it out");
    }
}

function checkShare({ maxQuarantinedShare: share }: DatasetArgs, faults: Faults): void {
    if (share !== undefined && !(share >= 0 && share <= 1)) {
        faults.add("maxQuarantinedShare", `${share} must be a share from 0 to 1: 0.05 for five of a hundred records`);
    }
}

function checkGold({ dataset, partitionKeys, gold = [] }: DatasetArgs, faults: Faults): void {
    const keys = partitionKeys.map(({ name }) => name);
    const taken = new Set([dataset, `raw_${dataset}`, `${dataset}_quarantine`, `${dataset}_quality`]);
    gold.forEach((table, index) => {
        const path = `gold[${index}]`;
        if (taken.has(table.name)) {
            faults.add(`${path}.name`, `"${table.name}" is another table of the dataset: name it otherwise`);
        }
        taken.add(table.name);
        if (table.sql.trim() === "") {
            faults.add(`${path}.sql`, "is empty: write Spark SQL over the view silver, grouped by the partition keys");
        }
        table.partitionKeys.forEach((key, place) => {
            if (!keys.includes(key)) {
                faults.add(
                    `${path}.partitionKeys[${place}]`,
                    `"${key}" is no partition key of the silver table: name one or more of ${keys.join(", ")}`,
                );
            }
        });
    });
}

function checkKeys({ columns, businessKey, eventTime, sortBy }: DatasetArgs, faults: Faults): void {
    const names = columns.map(({ name }) => name).join(", ");
    const required = (path: string, name: string) => {
        const column = columns.find((each) => each.name === name);
        if (column === undefined) {
            faults.add(path, `"${name}" is no column: name one of ${names}`);
        } else if (column.nullable === true) {
            faults.add(path, `"${name}" is nullable: every row needs it`);
        }
        return column;
    };
    if (businessKey.length === 0) {
        faults.add("businessKey", `is empty: name the columns that identify a row, of ${names}`);
    }
    businessKey.forEach((name, index) => required(`businessKey[${index}]`, name));
    sortBy?.forEach((name, index) => {
        if (!columns.some((each) => each.name === name)) {
            faults.add(`sortBy[${index}]`, `"${name}" is no column: name one of ${names}`);
        } else if (sortBy.indexOf(name) < index) {
            faults.add(`sortBy[${index}]`, `"${name}" is there twice: rows are sorted by a column once`);
        }
    });
    const time = required("eventTime", eventTime);
    if (time !== undefined && !["timestamp", "date"].includes(time.type)) {
        faults.add("eventTime", `"${eventTime}" is of type ${time.type}: name a timestamp or a date`);
    }
}
