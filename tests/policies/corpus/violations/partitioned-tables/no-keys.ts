// A table without partition keys.
import { table } from "../../kit";

table("no-keys", { partitionKeys: undefined });
