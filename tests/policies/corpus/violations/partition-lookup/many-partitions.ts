// A table of 20,000 partitions that Athena has to list.
import { silver, table } from "../../kit";

table("sales", { parameters: { ...silver, "lakeworks:partitions": "20000" } });
