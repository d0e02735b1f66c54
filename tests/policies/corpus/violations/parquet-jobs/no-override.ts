// An argument that no run can override.
import { job, table } from "../../kit";

table("no-override");
job("no-override", { nonOverridableArguments: { "--write_format": "orc" } });
