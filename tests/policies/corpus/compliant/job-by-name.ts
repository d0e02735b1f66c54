// A job that names the table.
import { job, table } from "../kit";

table("sales");
job("etl", { defaultArguments: { "--source-format": "csv", "--database": "lake", "--table": "sales" } });
