// Files compressed as a whole.
import { silver, table } from "../../kit";

table("gzip-files", { parameters: { ...silver, compressionType: "gzip" } });
