// A job of two hundred workers.
import { job, table } from "../../kit";

table("sales");
job("etl", { workerType: "G.2X", numberOfWorkers: 200 });
