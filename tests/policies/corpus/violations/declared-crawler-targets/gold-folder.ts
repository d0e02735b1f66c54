// A crawler that infers one from a folder of gold.
import { crawler } from "../../kit";

crawler("marts", { s3Targets: [{ path: "s3://acme-lake/gold/marts/" }] });
