// A job of two hundred workers.
import { job, table } from "../../kit";

table("two-hundred");
job("two-hundred", { workerType: "G.2X", numberOfWorkers: 200 });
