// Names in which silver and gold are only part of a word.
import { crawler } from "../kit";

crawler("raw", { tablePrefix: "raw_", s3Targets: [{ path: "s3://lake-bronze/goldsmiths/silverware/" }] });
