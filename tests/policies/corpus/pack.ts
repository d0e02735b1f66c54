/** The policy pack as it is published: compiled, in a folder of its own. */
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../../tools/toolchain";

export interface CompiledPack {
    /** For `--policy-pack`. */
    readonly folder: string;
    remove(): void;
}

export async function compiledPack(): Promise<CompiledPack> {
    const stage = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-pack-"));
    // A copy: compiling puts files beside the sources, and other checks read these meanwhile.
    for (const part of ["policies", "components/tsconfig.json", "tools/lib/packing.mjs", "LICENSE"]) {
        fs.cpSync(path.join(projectRoot, part), path.join(stage, part), { recursive: true });
    }
    fs.symlinkSync(path.join(projectRoot, "node_modules"), path.join(stage, "node_modules"));
    const folder = path.join(stage, "policies");
    await promisify(execFile)(process.execPath, ["package.mjs"], { cwd: folder });
    return { folder, remove: () => fs.rmSync(stage, { recursive: true, force: true }) };
}
