// Iceberg without a partition spec.
import { iceberg } from "../../kit";

iceberg("sales", { partitionSpec: undefined });
