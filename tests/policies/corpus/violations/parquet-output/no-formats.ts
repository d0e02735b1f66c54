// Without formats nobody can read it.
import { columns, location, table } from "../../kit";

table("sales", { storageDescriptor: { columns, location } });
