// Under another name, in capitals.
import { job, location, table } from "../../kit";

table("format-in-capitals");
job("format-in-capitals", { defaultArguments: { "--target": location, "--SILVER_FILE_FORMAT": "JSON" } });
