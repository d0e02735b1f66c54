/** The two keys to a stack's data, as the policy pack is told of them: what its program then lets go, `retained-data` must too. */
import * as fs from "node:fs";
import * as path from "node:path";
import { homeDir } from "../tools/toolchain";

/** Are both keys set? stacks/prod.ts says what they do. @param config the stack's configuration by key, without `lakeworks:` */
export function isLetGo(config: Readonly<Record<string, string>>, stack: string): boolean {
    return config["forceDestroy"] === "true" && config["destroyConfirmation"] === stack;
}

/**
 * Writes the pack's configuration with the stack in it, to be let go.
 * @param file the configuration given, checked before
 * @returns the file to take instead
 */
export function letGoConfig(file: string | undefined, stack: string): string {
    const given = file === undefined ? {} : (JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, unknown>);
    const rule = given["retained-data"] ?? {};
    const settings: { letGo?: string[] } = typeof rule === "string" ? ({ enforcementLevel: rule } as object) : rule;
    const config = { ...given, "retained-data": { ...settings, letGo: [...(settings.letGo ?? []), stack] } };
    const written = path.join(homeDir(), `policy-config-${stack}.json`);
    fs.mkdirSync(path.dirname(written), { recursive: true });
    fs.writeFileSync(written, JSON.stringify(config, undefined, 2));
    return written;
}
