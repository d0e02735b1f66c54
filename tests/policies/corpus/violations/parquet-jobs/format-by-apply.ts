// The format comes from an apply whose value is known.
import * as pulumi from "@pulumi/pulumi";
import { job, location, table } from "../../kit";

table("format-by-apply");
const formats = pulumi.output(["avro"]);
job("format-by-apply", { defaultArguments: { "--target": location, "--format": formats.apply(([first]) => first!) } });
