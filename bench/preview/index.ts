/**
 * Time of a first preview by number of datasets: the lake's program, the same under the policy pack, and a program that makes
 * the same resources without components. Prints them, their ratios, and how the lake's time grows. Run by
 * `npm run bench:preview`; sizes may be given: `npm run bench:preview -- 1 100`.
 */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand, type PulumiFn } from "@pulumi/pulumi/automation";
import { guarded, print } from "../../automation/commands/common";
import { ratio, seconds, table } from "../../automation/format";
import { Progress } from "../../automation/progress";
import { startLocal } from "../../local/control";
import { loadToolchain, projectRoot } from "../../tools/toolchain";
import { lakeOf } from "./lakeOf";
import { libraryFolder, type Recorded } from "./record";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 10, 100];
/** Each form is previewed this often, in turn; the fastest counts, for noise only ever adds. */
const rounds = 3;

const packFolder = path.join(projectRoot, "policies");

type ResourceClass = new (name: string, args: object) => pulumi.CustomResource;

/** The SDK's class of a type: `aws:s3/bucket:Bucket` is aws.s3.Bucket. */
function classOf(type: string): ResourceClass {
    const [, module, name] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type)!;
    return (aws as unknown as Record<string, Record<string, ResourceClass>>)[module!]![name!]!;
}

function plain(resources: readonly Recorded[]): PulumiFn {
    return async () => {
        for (const { type, name, inputs } of resources) {
            const source = inputs.source === libraryFolder ? { source: libraryArchive() } : {};
            new (classOf(type))(name, { ...inputs, ...source });
        }
    };
}

function libraryArchive(): pulumi.asset.Archive {
    const files = fs.readdirSync(libraryFolder).filter((file) => file.endsWith(".py"));
    const assets = files.map((file) => [file, new pulumi.asset.FileAsset(path.join(libraryFolder, file))] as const);
    return new pulumi.asset.AssetArchive(Object.fromEntries(assets));
}

function record(count: number): Recorded[] {
    const script = path.join(__dirname, "record.ts");
    const args = ["--require", "ts-node/register/transpile-only", script, String(count)];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 30 })) as Recorded[];
}

async function previewer(home: string, env: Record<string, string>) {
    const pulumiCommand = await PulumiCommand.get();
    return async (program: PulumiFn, policyPacks: string[] = []): Promise<number> => {
        const stack = await LocalWorkspace.createOrSelectStack(
            { stackName: "bench", projectName: "lakeworks-bench", program },
            { pulumiCommand, pulumiHome: path.join(home, "home"), envVars: env },
        );
        const begin = performance.now();
        await stack.preview({ policyPacks });
        return (performance.now() - begin) / 1000;
    };
}

async function bench(): Promise<void> {
    const progress = new Progress();
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-bench-"));
    process.env.PATH = `${loadToolchain().pulumiBin}${path.delimiter}${process.env.PATH ?? ""}`;
    process.chdir(projectRoot);
    const local = await startLocal({ stateDir: path.join(home, "local"), detached: false });
    try {
        const preview = await previewer(home, {
            ...local.pulumiEnv(),
            PULUMI_BACKEND_URL: `file://${home}`,
            PULUMI_CONFIG_PASSPHRASE: "",
            PULUMI_SKIP_UPDATE_CHECK: "true",
        });
        const rows: string[][] = [];
        let first: number | undefined;
        for (const count of sizes) {
            const resources = record(count);
            const best = { components: Infinity, policies: Infinity, plain: Infinity };
            for (let round = 1; round <= rounds; round += 1) {
                await progress.stage(`${count} datasets, round ${round} of ${rounds}`, async () => {
                    const lake: PulumiFn = async () => void lakeOf(count);
                    best.components = Math.min(best.components, await preview(lake));
                    best.policies = Math.min(best.policies, await preview(lake, [packFolder]));
                    best.plain = Math.min(best.plain, await preview(plain(resources)));
                });
            }
            first ??= best.components;
            rows.push([
                String(count),
                String(resources.length),
                seconds(best.components),
                seconds(best.policies),
                seconds(best.plain),
                ratio(best.policies, best.components),
                ratio(best.components, best.plain),
                ratio(best.components, first),
            ]);
        }
        const titles = [
            "datasets",
            "resources",
            "components",
            "with policies",
            "plain resources",
            "policies to none",
            "components to plain",
            "to 1 dataset",
        ];
        print(
            table(
                titles.map((title) => ({ title, numeric: true })),
                rows,
            ),
        );
    } finally {
        await local.stop();
        fs.rmSync(home, { recursive: true, force: true });
    }
}

void guarded(bench);
