// Iceberg without a partition spec.
import { iceberg } from "../../kit";

iceberg("iceberg-no-spec", { partitionSpec: undefined });
