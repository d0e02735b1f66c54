// An argument that no run can override.
import { job, table } from "../../kit";

table("sales");
job("etl", { nonOverridableArguments: { "--write_format": "orc" } });
