// A job that names the table's location.
import { job, table } from "../kit";

table("sales");
job("etl");
