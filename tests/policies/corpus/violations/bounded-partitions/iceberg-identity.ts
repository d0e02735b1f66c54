// Iceberg by each customer.
import { iceberg } from "../../kit";

iceberg("sales", { partitionSpec: { fields: [{ name: "customer", sourceId: 1, transform: "identity" }] } });
