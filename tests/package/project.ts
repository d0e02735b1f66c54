/** A new user's project in a folder of its own: the packed library installed by npm, run by the Pulumi CLI. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadToolchain, projectRoot } from "../../tools/toolchain";

export interface Outcome {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** A network that does not answer must not hold the tests. */
const timeout = 5 * 60_000;

export class Project {
    readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-package-"));
    /** Beyond this process's own environment. */
    env: Record<string, string> = {};

    path(...parts: string[]): string {
        return path.join(this.folder, ...parts);
    }

    write(file: string, text: string): void {
        fs.mkdirSync(path.dirname(this.path(file)), { recursive: true });
        fs.writeFileSync(this.path(file), text);
    }

    run(program: string, args: readonly string[], folder = this.folder): Promise<Outcome> {
        const env = { ...process.env, NO_COLOR: "1", ...this.env };
        return new Promise((resolve) => {
            execFile(
                program,
                args,
                { cwd: folder, env, timeout, maxBuffer: 64 * 1024 * 1024 },
                (error, stdout, stderr) => {
                    resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
                },
            );
        });
    }

    /** Runs what has to succeed. @returns what it printed */
    async ok(program: string, args: readonly string[], folder?: string): Promise<string> {
        const { code, stdout, stderr } = await this.run(program, args, folder);
        assert.equal(code, 0, `${program} ${args.join(" ")}\n${stdout}\n${stderr}`);
        return stdout;
    }

    /** Packs a folder of the repository that is a package. @returns the packed file, and the files in it */
    async pack(folder: string): Promise<{ archive: string; files: string[] }> {
        const stage = this.path("repository");
        for (const part of ["components", "policies", "glue-scripts", "tools/lib/packing.mjs", "LICENSE"]) {
            // A copy: packing puts files beside the sources, and other checks read these meanwhile.
            fs.cpSync(path.join(projectRoot, part), path.join(stage, part), { recursive: true });
        }
        fs.symlinkSync(path.join(projectRoot, "node_modules"), path.join(stage, "node_modules"));
        const printed = await this.ok("npm", ["pack", "--json"], path.join(stage, folder));
        const [packed] = JSON.parse(printed.slice(printed.indexOf("[\n"))) as [
            { filename: string; files: { path: string }[] },
        ];
        return {
            archive: path.join(stage, folder, packed.filename),
            files: packed.files.map((file) => file.path).sort(),
        };
    }

    /** What `pulumi new aws-typescript` makes, with the versions that this repository has, and the library in it. */
    async install(archive: string): Promise<void> {
        const { dependencies, devDependencies } = JSON.parse(
            fs.readFileSync(path.join(projectRoot, "package.json"), "utf8"),
        ) as Record<"dependencies" | "devDependencies", Record<string, string>>;
        const versions = { ...dependencies, ...devDependencies };
        const pick = (...names: string[]) => Object.fromEntries(names.map((name) => [name, versions[name]]));
        const manifest = {
            name: "lake",
            main: "index.ts",
            dependencies: pick("@pulumi/pulumi", "@pulumi/aws"),
            devDependencies: pick("@types/node", "typescript"),
        };
        this.write("package.json", JSON.stringify(manifest));
        this.write("Pulumi.yaml", "name: lake\nruntime: nodejs\n");
        this.write(
            "tsconfig.json",
            JSON.stringify({
                compilerOptions: {
                    strict: true,
                    target: "es2020",
                    module: "commonjs",
                    moduleResolution: "node",
                    noEmit: true,
                    skipLibCheck: true,
                },
                files: ["index.ts"],
            }),
        );
        await this.ok("npm", ["install", archive, "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"]);
    }

    /** Makes a stack whose state and provider settings are this project's own. @param local environment of the local AWS */
    async openStack(local: Record<string, string>): Promise<void> {
        fs.mkdirSync(this.path("state"));
        const { pulumiBin } = loadToolchain();
        this.env = {
            ...local,
            PATH: [pulumiBin, process.env.PATH].join(path.delimiter),
            PULUMI_BACKEND_URL: `file://${this.path("state")}`,
            PULUMI_CONFIG_PASSPHRASE: "",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        };
        fs.copyFileSync(path.join(projectRoot, "Pulumi.local.yaml"), this.path("Pulumi.test.yaml"));
        await this.pulumi("stack", "init", "test");
    }

    pulumi(...args: string[]): Promise<string> {
        return this.ok("pulumi", [...args, "--non-interactive"]);
    }

    remove(): void {
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}
