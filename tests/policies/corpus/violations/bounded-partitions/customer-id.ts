// A partition for each customer.
import { table } from "../../kit";

table("customer-id", { partitionKeys: [{ name: "customer_id", type: "string" }] });
