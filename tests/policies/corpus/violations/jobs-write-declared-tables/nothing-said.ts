// A job whose arguments say nothing of what it writes.
import { job, location, table } from "../../kit";

table("sales");
job("etl", { defaultArguments: { "--TempDir": location, "--job-bookmark-option": "job-bookmark-enable" } });
job("other");
