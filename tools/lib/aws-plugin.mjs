/** The AWS resource plugin: in Pulumi's own plugin folder where that can be downloaded, else built with fewer services. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { buildEntry, cached, keyOf } from "./cache.mjs";
import { canDownload } from "./download.mjs";
import { go, goBuild, inTurn, missingGo } from "./go.mjs";
import { goModuleVersion, root } from "./paths.mjs";
import { findPython } from "./python.mjs";
import { run } from "./run.mjs";

const program = "pulumi-resource-aws";
const home = "tools/aws-provider";
const sources = ["cmd", "provider", "go.mod", "go.sum", "services.txt", "shim.go.txt", "slim.py"];
const upstream = "github.com/hashicorp/terraform-provider-aws";

/** @returns the step whose result is the folder of a plugin built here, or null when Pulumi finds its own. */
export async function planAwsPlugin(releases) {
    const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
    const version = manifest.dependencies["@pulumi/aws"];
    const step = { name: "aws-plugin", after: ["pulumi"], missing: [] };
    const key = keyOf(
        "aws-plugin",
        sources.map((name) => path.join(home, name)),
        version,
    );
    const pulumiHome = process.env.PULUMI_HOME ?? path.join(os.homedir(), ".pulumi");
    if (fs.existsSync(path.join(pulumiHome, "plugins", `resource-aws-v${version}`, program))) {
        return { ...step, title: "AWS plugin", ready: null };
    }
    const built = cached(key, program);
    if (built !== undefined) {
        return { ...step, title: "AWS plugin", ready: built };
    }
    const processor = process.arch === "x64" ? "amd64" : process.arch;
    if (await canDownload(`${releases}/plugins/${program}-v${version}-${process.platform}-${processor}.tar.gz`)) {
        return {
            ...step,
            title: `AWS plugin ${version}, official download`,
            async build(started, { pulumi }) {
                await run(started, path.join(await pulumi, "pulumi"), [
                    "plugin",
                    "install",
                    "resource",
                    "aws",
                    version,
                ]);
                return null;
            },
        };
    }
    return {
        ...step,
        // Its modules are fetched while the CLI compiles; the compiler itself is used in turn.
        after: [],
        title: `AWS plugin ${version}, built from Go modules`,
        missing: missingGo(),
        build: (started) => buildEntry(key, program, started, (folder) => compile(started, version, folder)),
    };
}

async function compile(step, version, folder) {
    const source = path.join(folder, "source");
    for (const name of sources) {
        fs.cpSync(path.join(root, home, name), path.join(source, name), { recursive: true });
    }
    step.status("fetching Go modules");
    const pinned = `${upstream}@v${goModuleVersion(home, upstream)}`;
    const { Dir } = JSON.parse(await go(step, ["mod", "download", "-json", pinned], folder));
    await run(step, findPython().file, [path.join(source, "slim.py"), Dir, path.join(source, "upstream")]);
    await go(step, ["list", "-mod=readonly", "-deps", "./cmd/..."], source);
    await inTurn(step, () =>
        goBuild(step, {
            cwd: source,
            program: `./cmd/${program}`,
            target: path.join(folder, program),
            variables: { "main.version": version },
        }),
    );
    fs.rmSync(source, { recursive: true });
}
