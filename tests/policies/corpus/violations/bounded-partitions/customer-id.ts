// A partition for each customer.
import { table } from "../../kit";

table("sales", { partitionKeys: [{ name: "customer_id", type: "string" }] });
