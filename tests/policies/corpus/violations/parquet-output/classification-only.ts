// Glue's readers go by the classification.
import { silver, table } from "../../kit";

table("sales", { parameters: { ...silver, classification: "csv" } });
