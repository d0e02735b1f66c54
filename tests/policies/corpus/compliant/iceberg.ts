// Iceberg on Parquet.
import { iceberg } from "../kit";

iceberg("sales");
