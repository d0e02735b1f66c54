// Files compressed as a whole.
import { silver, table } from "../../kit";

table("sales", { parameters: { ...silver, compressionType: "gzip" } });
