// Iceberg whose only field was dropped.
import { iceberg } from "../../kit";

iceberg("iceberg-void", { partitionSpec: { fields: [{ name: "sold_day", sourceId: 2, transform: "void" }] } });
