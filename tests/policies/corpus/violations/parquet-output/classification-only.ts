// Glue's readers go by the classification.
import { silver, table } from "../../kit";

table("classification-only", { parameters: { ...silver, classification: "csv" } });
