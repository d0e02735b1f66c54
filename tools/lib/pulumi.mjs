/** The Pulumi CLI with its Node.js language host: the one installed, else the official download, else built. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { buildEntry, cached, keyOf } from "./cache.mjs";
import { canDownload, download } from "./download.mjs";
import { go, goBuild, inTurn, missingGo } from "./go.mjs";
import { compareVersions, findOnPath, goModuleVersion, isExecutable, root, versions } from "./paths.mjs";
import { run, StepError } from "./run.mjs";

/** What the folder of a CLI must hold. */
export const programs = ["pulumi", "pulumi-language-nodejs", "pulumi-analyzer-policy"];

/** @returns the step whose result is the folder of `programs`. @param releases the address of Pulumi's downloads. */
export async function planPulumi(releases) {
    const version = goModuleVersion("tools/pulumi-cli", "github.com/pulumi/pulumi/pkg/v3");
    const step = { name: "pulumi", after: [], missing: [] };
    const official = keyOf("pulumi", [], version, "official");
    const built = keyOf("pulumi", ["tools/pulumi-cli", "tools/language-host"], version);
    const ready = findInstalled() ?? cached(official, "pulumi") ?? cached(built, "pulumi");
    if (ready !== undefined) {
        return { ...step, title: "Pulumi CLI", ready };
    }
    const archive = `${releases}/sdk/pulumi-v${version}-${process.platform}-${process.arch}.tar.gz`;
    if (await canDownload(archive)) {
        const build = (started) =>
            buildEntry(official, "pulumi", started, (folder) => unpack(started, archive, folder));
        return { ...step, title: `Pulumi CLI ${version}, official download`, build };
    }
    return {
        ...step,
        title: `Pulumi CLI ${version}, built from Go modules`,
        missing: missingGo(),
        build: (started) => buildEntry(built, "pulumi", started, (folder) => compile(started, version, folder)),
    };
}

/** The folder of a `pulumi` on the PATH that is new enough and complete. */
function findInstalled() {
    const pulumi = findOnPath("pulumi");
    if (pulumi === undefined) {
        return undefined;
    }
    const folder = path.dirname(fs.realpathSync(pulumi));
    if (!programs.every((program) => isExecutable(path.join(folder, program)))) {
        return undefined;
    }
    const version = versionOf(pulumi);
    return version !== undefined && compareVersions(version, versions.pulumi.atLeast) >= 0 ? folder : undefined;
}

function versionOf(pulumi) {
    try {
        const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
        const output = execFileSync(pulumi, ["version"], { encoding: "utf8", timeout: 5_000, env, stdio: "pipe" });
        return /^v(\d+\.\d+\.\d+)/.exec(output.trim())?.[1];
    } catch {
        return undefined;
    }
}

async function unpack(step, archive, folder) {
    const file = path.join(folder, "pulumi.tar.gz");
    await download(step, archive, file);
    await run(step, "tar", ["-xzf", file, "-C", folder, "--strip-components=1"]);
    fs.rmSync(file);
}

async function compile(step, version, folder) {
    await inTurn(step, async () => {
        await goBuild(step, {
            cwd: path.join(root, "tools/pulumi-cli"),
            program: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
            target: path.join(folder, "pulumi"),
            variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${version}` },
        });
        step.status("compiling the language host");
        const host = path.join(root, "tools/language-host");
        await goBuild(step, {
            cwd: host,
            program: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
            target: path.join(folder, "pulumi-language-nodejs"),
            variables: {},
        });
        const sdk = await go(
            step,
            ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"],
            host,
        );
        const script = path.join(folder, "pulumi-analyzer-policy");
        fs.copyFileSync(path.join(sdk.trim(), "nodejs/dist/pulumi-analyzer-policy"), script);
        fs.chmodSync(script, 0o755);
    });
    const found = versionOf(path.join(folder, "pulumi"));
    if (found !== version) {
        throw new StepError(`The Pulumi CLI built for ${version} calls itself ${found}: tools/pulumi-cli is at fault.`);
    }
}
