// A table of a terabyte.
import { silver, table } from "../../kit";

table("sales", { parameters: { ...silver, sizeKey: String(1024 ** 4) } });
