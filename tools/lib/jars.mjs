/** The jars of Spark and Trino, by Maven. */
import * as fs from "node:fs";
import * as path from "node:path";
import { buildEntry, cached, keyOf } from "./cache.mjs";
import { findOnPath, root } from "./paths.mjs";
import { run } from "./run.mjs";

const launcher = "lakeworks-trino.jar";

/** @returns the step whose result is the folder of jars that Spark gets besides its own. */
export function planSparkJars() {
    const key = keyOf("spark-jars", ["tools/spark-jars"]);
    const probe = ".";
    return plan("spark-jars", "jars for Spark (S3A, Deequ)", cached(key, probe), (step, results) =>
        buildEntry(key, probe, step, (folder) => maven(step, "tools/spark-jars", { jars: folder }, results)),
    );
}

/** @returns the step whose result is the folder of jars that jobs on Iceberg tables get besides, and no others. */
export function planIcebergJars() {
    const key = keyOf("iceberg-jars", ["tools/iceberg-jars"]);
    const probe = ".";
    return plan("iceberg-jars", "jars for Spark (Iceberg)", cached(key, probe), (step, results) =>
        buildEntry(key, probe, step, (folder) => maven(step, "tools/iceberg-jars", { jars: folder }, results)),
    );
}

/** @returns the step whose result is the folder of Trino's class path. */
export function planTrinoJars() {
    const key = keyOf("trino-jars", ["tools/trino"]);
    return plan("trino-jars", "jars of Trino", cached(key, launcher), (step, results) =>
        buildEntry(key, launcher, step, async (folder) => {
            const compiler = path.join(folder, "compiler");
            await maven(step, "tools/trino", { jars: folder, compiler }, results);
            step.status("compiling the launcher");
            await compileLauncher(step, folder, compiler, results);
            fs.rmSync(compiler, { recursive: true });
        }),
    );
}

function plan(name, title, ready, build) {
    const missing = [];
    if (ready === undefined && findOnPath("mvn") === undefined) {
        missing.push({
            what: "Maven (mvn)",
            why: "resolves the jars of Spark and Trino",
            how: "install maven from your package manager or https://maven.apache.org",
        });
    }
    return { name, title, after: [], missing, ready, build };
}

let last = Promise.resolve();

/** Runs the pom's copying; one at a time, for Maven's local repository bears no two writers. */
function maven(step, folder, properties, { java17 }) {
    step.status("waiting for Maven");
    const settings = Object.entries(properties).map(([name, value]) => `-D${name}=${value}`);
    const turn = last.then(async () => {
        step.status("resolving");
        // A Java of the user's own knows the certificates of their network; the wheel's serves where there is none.
        const hasJava = process.env.JAVA_HOME !== undefined || findOnPath("java") !== undefined;
        await run(step, "mvn", ["--batch-mode", "--no-transfer-progress", "package", ...settings], {
            cwd: path.join(root, folder),
            env: hasJava ? {} : { JAVA_HOME: await java17 },
            hint: "Check that Maven reaches its repositories (~/.m2/settings.xml), then run again.",
        });
    });
    last = turn.catch(() => undefined);
    return turn;
}

/** Compiles by the Eclipse compiler on the Java that runs Trino, and packs the classes: a wheel's Java has no tools. */
async function compileLauncher(step, folder, compiler, results) {
    const [java, python] = [await results.java25, await results.python];
    const classes = path.join(compiler, "classes");
    const jars = (dir) =>
        fs
            .readdirSync(dir)
            .filter((name) => name.endsWith(".jar"))
            .map((name) => path.join(dir, name));
    const source = path.join(root, "tools/trino/FlatTrino.java");
    const classPath = jars(folder).join(path.delimiter);
    await run(step, path.join(java, "bin/java"), [
        "-jar",
        ...jars(compiler),
        "-24",
        "-cp",
        classPath,
        "-d",
        classes,
        source,
    ]);
    const packed = path.join(folder, launcher);
    await run(step, python, ["-m", "zipfile", "-c", packed, "lakeworks/"], { cwd: classes });
}
