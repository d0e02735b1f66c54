// The kit's own table.
import { table } from "../kit";

table("sales");
