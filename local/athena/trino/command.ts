/** The command that runs Trino from its flat class path. */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Toolchain } from "../../../tools/toolchain";
import { writeSettings, type TrinoSettings } from "./settings";

/** The class that starts Trino from a flat class path: tools/trino. */
const launcherClass = "lakeworks.FlatTrino";

const heap = "1g";

export interface TrinoPlace extends TrinoSettings {
    readonly toolchain: Pick<Toolchain, "java25" | "trinoJars">;
    /** Folder for settings, data and log. */
    readonly dir: string;
}

/** Writes the settings. @param options further options of the Java machine @returns program and arguments */
export function trinoCommand({ toolchain, dir, ...place }: TrinoPlace, ...options: string[]): string[] {
    const data = path.join(dir, "data");
    fs.mkdirSync(data, { recursive: true });
    const settings = writeSettings({ ...place, dir: path.join(dir, "etc") });
    return [
        path.join(toolchain.java25, "bin", "java"),
        ...options,
        "-cp",
        path.join(toolchain.trinoJars, "*"),
        "-server",
        `-Xmx${heap}`,
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:ReservedCodeCacheSize=256M",
        "-XX:+ExitOnOutOfMemoryError",
        "-Djdk.attach.allowAttachSelf=true",
        "-Dfile.encoding=UTF-8",
        "-Dnode.environment=local",
        "-Dnode.id=local",
        `-Dnode.data-dir=${data}`,
        `-Dconfig=${settings.config}`,
        `-Dcatalog.config-dir=${settings.catalogs}`,
        `-Dplugin.dir=${settings.plugins}`,
        launcherClass,
    ];
}

/**
 * Where Java keeps Trino's loaded classes for the next start (JEP 483, 514): halves the start. It holds for exactly these
 * jars and this Java, and lies beside the jars.
 */
export function classCacheFile({ java25, trinoJars }: Pick<Toolchain, "java25" | "trinoJars">): string {
    const key = createHash("sha256").update(fs.readFileSync(path.join(java25, "release")));
    for (const name of fs.readdirSync(trinoJars).sort()) {
        if (!name.endsWith(".jar")) continue;
        const { size, mtimeMs } = fs.statSync(path.join(trinoJars, name));
        key.update(`${name} ${size} ${mtimeMs}\n`);
    }
    return path.join(trinoJars, `classes-${key.digest("hex").slice(0, 12)}.aot`);
}
