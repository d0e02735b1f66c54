// A table without partition keys.
import { table } from "../../kit";

table("sales", { partitionKeys: undefined });
