// Iceberg by each customer.
import { iceberg } from "../../kit";

iceberg("iceberg-identity", { partitionSpec: { fields: [{ name: "customer", sourceId: 1, transform: "identity" }] } });
