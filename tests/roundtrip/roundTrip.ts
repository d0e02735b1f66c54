/** What Pulumi's real engine and the real AWS provider see of resources on a local AWS, from their creation to their end. */
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { loadToolchain } from "../../tools/toolchain";
import { everythingListed } from "../e2e/leftovers";
import { TestLocal } from "../local/support";

/** `second` changes every argument that our components set and AWS can change in place. */
export type Version = "first" | "second";

/** The value for a version. */
export type Pick = <T>(first: T, second: T) => T;

export interface Area {
    readonly name: string;
    /** Makes the resources. */
    readonly program: (pick: Pick) => void | Promise<void>;
    /** Changes a resource behind Pulumi's back: shows that a drift would be seen. */
    readonly drift?: (local: TestLocal) => Promise<unknown>;
    /** Clean-up that is another's, before what is left over is looked for. */
    readonly afterwards?: (local: TestLocal) => Promise<void>;
}

type Changes = Readonly<Record<string, number>>;

/** Up, up again, refresh, update in place, refresh, destroy; each leaves what is to be expected of it. */
export function itGoesRound({ name, program, drift, afterwards }: Area): void {
    describe(`round trip of the AWS provider on the local AWS: ${name}`, function () {
        this.timeout(600_000);
        const home = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-roundtrip-"));
        let local: TestLocal;
        let stack: Stack;
        let version: Version = "first";

        const up = async (): Promise<Changes> => {
            stack.workspace.program = async () => program((first, second) => (version === "first" ? first : second));
            return (await stack.up()).summary.resourceChanges ?? {};
        };
        const refresh = async (): Promise<Changes> => (await stack.refresh()).summary.resourceChanges ?? {};

        before(async () => {
            local = await TestLocal.start();
            stack = await open(home, local);
        });
        after(async () => {
            await local?.stop();
            fs.rmSync(home, { recursive: true, force: true });
        });

        it("is made", async () => assert.deepEqual(Object.keys(await up()), ["create"]));
        it("is the same at a second up", async () => assert.deepEqual(Object.keys(await up()), ["same"]));
        it("has not drifted", async () => assert.deepEqual(Object.keys(await refresh()), ["same"]));
        it("is changed in place", async () => {
            version = "second";
            const changes = await up();
            assert.deepEqual(
                Object.keys(changes).filter((kind) => kind !== "same"),
                ["update"],
                JSON.stringify(changes),
            );
        });
        it("has not drifted after the change", async () => {
            assert.deepEqual(Object.keys(await refresh()), ["same"]);
            assert.deepEqual(Object.keys(await up()), ["same"]);
        });
        if (drift !== undefined) {
            it("is put right where something else has changed it", async () => {
                await drift(local);
                assert.equal((await refresh()).update, 1);
                assert.equal((await up()).update, 1);
                assert.deepEqual(Object.keys(await refresh()), ["same"]);
            });
        }
        it("is gone without a trace", async () => {
            await stack.destroy();
            await afterwards?.(local);
            // Of AWS_ENDPOINT_URL the CLI's old SQS addresses know nothing.
            const aws = <T>(...args: string[]) => local.cliJson<T>(...args, "--endpoint-url", local.local.endpoint);
            assert.deepEqual(await everythingListed({ aws }), {});
        });
    });
}

async function open(home: string, { local }: TestLocal): Promise<Stack> {
    process.env.PATH = `${loadToolchain().pulumiBin}${path.delimiter}${process.env.PATH ?? ""}`;
    const stack = await LocalWorkspace.createOrSelectStack(
        { stackName: "test", projectName: "roundtrip", program: () => Promise.resolve() },
        {
            pulumiCommand: await PulumiCommand.get(),
            pulumiHome: path.join(home, "home"),
            envVars: {
                ...local.pulumiEnv(),
                PULUMI_BACKEND_URL: `file://${home}`,
                PULUMI_CONFIG_PASSPHRASE: "",
                PULUMI_SKIP_UPDATE_CHECK: "true",
                PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            },
        },
    );
    const checks = ["s3UsePathStyle", "skipCredentialsValidation", "skipMetadataApiCheck", "skipRegionValidation"];
    await stack.setAllConfig({
        "aws:region": { value: local.region },
        // What the emulator does not do is refused at once, not after minutes of retries.
        "aws:maxRetries": { value: "3" },
        ...Object.fromEntries(checks.map((key) => [`aws:${key}`, { value: "true" }])),
    });
    return stack;
}
