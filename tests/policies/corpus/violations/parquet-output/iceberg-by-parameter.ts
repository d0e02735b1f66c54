// An Iceberg table that is known by its parameters alone, and writes Avro.
import { columns, location, table } from "../../kit";

table("iceberg-by-parameter", {
    parameters: { table_type: "iceberg", write_format: "AVRO" },
    storageDescriptor: { columns, location },
});
