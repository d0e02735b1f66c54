// One crawler, two places, one name.
import { crawler } from "../../kit";

crawler("both", { s3Targets: [{ path: "s3://lake-bronze/eu/sales/" }, { path: "s3://lake-bronze/us/sales/" }] });
