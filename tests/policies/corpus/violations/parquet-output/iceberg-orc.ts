// Iceberg that writes ORC.
import { iceberg } from "../../kit";

iceberg("sales", { properties: { "write.format.default": "orc" } });
