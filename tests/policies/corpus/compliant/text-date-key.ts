// A date as text prunes by ranges too.
import { table } from "../kit";

table("sales", { partitionKeys: [{ name: "dt", type: "string" }] });
