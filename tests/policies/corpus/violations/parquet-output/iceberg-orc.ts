// Iceberg that writes ORC.
import { iceberg } from "../../kit";

iceberg("iceberg-orc", { properties: { "write.format.default": "orc" } });
