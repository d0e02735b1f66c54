/** Archives of loaded classes, with which Spark and Trino start in about two thirds and half of the time. */
import * as fs from "node:fs";
import * as path from "node:path";
import { root } from "./paths.mjs";
import { run } from "./run.mjs";

/** @returns the steps that make them, from the toolchain that runs them; each lies beside the jars it is of. */
export function planArchives({ python, java17, sparkJars, trinoJars }) {
    const spark = path.join(sparkJars, "spark.jsa");
    const made = (folder, ending) => fs.readdirSync(folder).find((name) => name.endsWith(ending));
    return [
        plan("spark-classes", "class archive of Spark", made(sparkJars, path.basename(spark)), (step) =>
            run(step, python, [path.join(root, "local/spark/archive.py"), sparkJars], { env: { JAVA_HOME: java17 } }),
        ),
        plan("trino-classes", "class archive of Trino", made(trinoJars, ".aot"), (step) =>
            run(
                step,
                process.execPath,
                ["-r", "ts-node/register/transpile-only", path.join(root, "local/athena/trino/train.ts")],
                { cwd: root },
            ),
        ),
    ];
}

function plan(name, title, ready, build) {
    return { name, title, after: [], missing: [], ready, build };
}
