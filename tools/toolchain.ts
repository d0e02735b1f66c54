/** Where set-up put the tools: read by everything that starts one of them. */
import * as fs from "node:fs";
import * as path from "node:path";

/** Paths of one machine's tools, written by `tools/setup.mjs`. */
export interface Toolchain {
    /** Folder with `pulumi`, `pulumi-language-nodejs`, `pulumi-analyzer-policy` and, where it was built here, `pulumi-resource-aws`. */
    readonly pulumiBin: string;
    /** The Python of the virtual environment with PySpark, MiniStack and the AWS CLI. */
    readonly python: string;
    /** A Java 17 home, for Spark. */
    readonly java17: string;
    /** A Java 24 or newer home, for Trino. */
    readonly java25: string;
    /** Folder of the jars that Spark gets besides its own: S3A, the cloud committers, Deequ. */
    readonly sparkJars: string;
    /** Folder of the jars that Spark gets besides in jobs on Iceberg tables. */
    readonly icebergJars: string;
    /** Folder of Trino's flat class path, the launcher's jar among it. */
    readonly trinoJars: string;
    /** Folder of the wheels that Glue installs for a job without internet. */
    readonly glueWheels: string;
}

export const projectRoot = path.resolve(__dirname, "..");

/** Everything a run leaves on disk, state of the local stack included. `LAKEWORKS_HOME` moves it (tests do). */
export function homeDir(): string {
    return path.resolve(process.env.LAKEWORKS_HOME ?? path.join(projectRoot, ".lakeworks"));
}

/** @throws when set-up has not run, naming the command that runs it. */
export function loadToolchain(): Toolchain {
    const file = path.join(projectRoot, ".lakeworks", "toolchain.json");
    if (!fs.existsSync(file)) {
        throw new Error(`The tools are not set up (${file} is missing). Run "npm run setup" first.`);
    }
    return JSON.parse(fs.readFileSync(file, "utf8")) as Toolchain;
}
