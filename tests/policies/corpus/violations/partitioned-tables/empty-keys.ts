// An empty list of keys.
import { table } from "../../kit";

table("empty-keys", { partitionKeys: [] });
