// Two crawlers, two places, one name.
import { crawler } from "../../kit";

crawler("daily", { tablePrefix: "raw_", s3Targets: [{ path: "s3://lake-bronze/sales/" }] });
crawler("archive", { tablePrefix: "raw_", s3Targets: [{ path: "s3://lake-archive/Sales" }] });
