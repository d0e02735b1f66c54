// ORC is columnar, and not Parquet.
import { columns, location, orc, silver, table } from "../../kit";

table("sales", {
    parameters: { ...silver, classification: "orc" },
    storageDescriptor: { ...orc, columns, location },
});
