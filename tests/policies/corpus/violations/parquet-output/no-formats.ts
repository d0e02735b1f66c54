// Without formats nobody can read it.
import { columns, location, table } from "../../kit";

table("no-formats", { storageDescriptor: { columns, location } });
