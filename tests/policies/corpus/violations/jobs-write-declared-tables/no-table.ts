// A job in a stack without tables.
import { job } from "../../kit";

job("etl");
