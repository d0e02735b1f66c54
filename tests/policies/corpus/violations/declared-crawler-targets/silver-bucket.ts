// A crawler that infers a table from silver.
import { crawler } from "../../kit";

crawler("processed", { tablePrefix: "p_", s3Targets: [{ path: "s3://acme-silver-lake/orders/" }] });
