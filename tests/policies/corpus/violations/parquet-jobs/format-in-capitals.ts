// Under another name, in capitals.
import { job, location, table } from "../../kit";

table("sales");
job("etl", { defaultArguments: { "--target": location, "--SILVER_FILE_FORMAT": "JSON" } });
