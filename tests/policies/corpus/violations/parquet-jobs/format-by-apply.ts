// The format comes from an apply whose value is known.
import * as pulumi from "@pulumi/pulumi";
import { job, location, table } from "../../kit";

table("sales");
const formats = pulumi.output(["avro"]);
job("etl", { defaultArguments: { "--target": location, "--format": formats.apply(([first]) => first!) } });
