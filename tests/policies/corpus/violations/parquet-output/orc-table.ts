// ORC is columnar, and not Parquet.
import { columns, location, orc, silver, table } from "../../kit";

table("orc-table", {
    parameters: { ...silver, classification: "orc" },
    storageDescriptor: { ...orc, columns, location },
});
