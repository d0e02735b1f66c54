// Iceberg whose only field was dropped.
import { iceberg } from "../../kit";

iceberg("sales", { partitionSpec: { fields: [{ name: "sold_day", sourceId: 2, transform: "void" }] } });
