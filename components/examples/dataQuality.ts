import { DataQuality, QualityFailure } from "..";

/** Rules of a declared table: read here, kept in the catalog, and given to a job as `evaluation`. */
const rules = new DataQuality("readings", {
    databaseName: "weather",
    tableName: "readings",
    columns: ["station", "celsius"],
    rules: ["RowCount > 0", 'IsComplete "station"', 'ColumnValues "celsius" between -90 and 60'],
    onFailure: QualityFailure.Warn,
});

export const evaluation = rules.evaluation;
