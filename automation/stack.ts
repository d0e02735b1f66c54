/** The Pulumi program of this repository, driven by the Automation API: https://www.pulumi.com/docs/iac/automation-api/ */
import * as fs from "node:fs";
import * as path from "node:path";
import {
    CommandError,
    ConcurrentUpdateError,
    LocalWorkspace,
    PulumiCommand,
    StackNotFoundError,
    type EngineEvent,
    type OpMap,
    type Stack,
} from "@pulumi/pulumi/automation";
import { outputsVersion, type LakeOutputs } from "../components/lakeOutputs";
import { homeDir, loadToolchain, projectRoot } from "../tools/toolchain";
import type { Cancellation } from "./cancel";
import { EngineFollower, describeViolation, type PolicyViolation } from "./engineEvents";
import { Cancelled, StepFailure } from "./errors";
import { programFolder } from "./program";
import type { Stage } from "./progress";
import { dropStaleLock } from "./staleLock";
import { optionsOf, type Target } from "./target";

export interface ChangeResult {
    readonly changes: OpMap;
    readonly violations: readonly PolicyViolation[];
    /** What the program itself warns of. */
    readonly warnings: readonly string[];
}

/** Stacks with a committed Pulumi.<stack>.yaml. */
export function stackNames(): string[] {
    return fs
        .readdirSync(projectRoot)
        .map((file) => /^Pulumi\.([\w-]+)\.yaml$/.exec(file)?.[1])
        .filter((name) => name !== undefined);
}

/** @throws when the repository has no such stack, naming those it has. */
export function checkStackName(name: string): string {
    const names = stackNames();
    if (names.includes(name)) return name;
    throw new StepFailure(`There is no stack "${name}".`, {
        next: `Stacks: ${names.join(", ")}; each has a Pulumi.<stack>.yaml.`,
    });
}

/** One stack of the repository's program. Every up and preview runs the policy pack. */
export class LakeStack {
    private constructor(
        private readonly stack: Stack,
        private readonly target: Target,
        private readonly cancellation: Cancellation,
    ) {}

    /**
     * Selects the stack.
     * @param create make it where it is new
     * @returns undefined where there is none and none is to be made
     */
    static async open(target: Target, cancellation: Cancellation, create: boolean): Promise<LakeStack | undefined> {
        const { pulumiBin } = loadToolchain();
        // Found by the Automation API for itself, and by `pulumi` for its language host and plugins.
        process.env.PATH = `${pulumiBin}${path.delimiter}${process.env.PATH ?? ""}`;
        const program = { stackName: target.stack, workDir: await programFolder(target) };
        const options = { pulumiCommand: await PulumiCommand.get(), envVars: environment(target) };
        try {
            const stack = create
                ? await LocalWorkspace.createOrSelectStack(program, options)
                : await LocalWorkspace.selectStack(program, options);
            return new LakeStack(stack, target, cancellation);
        } catch (error) {
            if (error instanceof StackNotFoundError) return undefined;
            if (!(error instanceof CommandError)) throw error;
            throw new StepFailure(`Pulumi cannot open the stack ${target.stack}.`, {
                reason: reasonOf(error),
                next:
                    `Log in to the state backend ("pulumi login", or PULUMI_BACKEND_URL), and set ` +
                    `PULUMI_CONFIG_PASSPHRASE where the backend keeps secrets by passphrase.`,
            });
        }
    }

    /** Creates or changes what differs from the program. */
    async up(stage: Stage): Promise<ChangeResult> {
        return this.follow("up", stage, (options) => this.stack.up({ ...options, policyPacks: [policyPack] }));
    }

    /** What `up` would do. A mandatory violation is an error that names the resource and the fix. */
    async preview(stage: Stage): Promise<ChangeResult> {
        return this.follow("preview", stage, (options) =>
            this.stack.preview({ ...options, policyPacks: [policyPack] }),
        );
    }

    /** Compares what stands with the state; changes neither. */
    async refresh(stage: Stage): Promise<ChangeResult> {
        return this.follow("refresh", stage, (options) => this.stack.previewRefresh(options));
    }

    /** Deletes every resource of the stack. */
    async destroy(stage: Stage): Promise<ChangeResult> {
        return this.follow("destroy", stage, (options) => this.stack.destroy(options));
    }

    /** Forgets the stack itself; its committed configuration stays. */
    async remove(): Promise<void> {
        await this.stack.workspace.removeStack(this.target.stack, { preserveConfig: true });
    }

    /** The stack's configuration by key, without its `lakeworks:`. */
    async config(): Promise<Record<string, string>> {
        const values = Object.entries(await this.stack.getAllConfig());
        return Object.fromEntries(values.map(([key, { value }]) => [key.replace(/^lakeworks:/, ""), value]));
    }

    /**
     * What was deployed; undefined before the first `up` has finished.
     * @throws StepFailure when another version of this repository deployed it
     */
    async outputs(): Promise<LakeOutputs | undefined> {
        const lake = (await this.stack.outputs())["lake"]?.value as LakeOutputs | undefined;
        if (lake === undefined || lake.version === outputsVersion) return lake;
        throw new StepFailure(`The stack ${this.target.stack} was deployed by another version of Lakeworks.`, {
            reason: `its outputs have version ${lake.version}, this program reads version ${outputsVersion}`,
            next: `Run "lakeworks up ${optionsOf(this.target)}".`,
        });
    }

    private async follow(
        operation: string,
        stage: Stage,
        run: (options: {
            onEvent: (event: EngineEvent) => void;
            signal: AbortSignal;
            color: "never";
        }) => Promise<unknown>,
    ): Promise<ChangeResult> {
        const follower = new EngineFollower();
        const onEvent = (event: EngineEvent) => {
            follower.onEvent(event);
            stage.update(follower.status());
        };
        const ticking = setInterval(() => stage.update(follower.status()), 1000);
        const options = { onEvent, signal: this.cancellation.forwarded, color: "never" as const };
        try {
            await run(options).catch(async (error: unknown) => {
                if (!(error instanceof ConcurrentUpdateError) || !(await this.dropStaleLock())) throw error;
                await run(options);
            });
            return { changes: follower.changes, violations: follower.violations, warnings: follower.warnings };
        } catch (error) {
            if (this.cancellation.signal.aborted) {
                const again = operation === "destroy" ? "destroy" : "up";
                throw new Cancelled(
                    `The ${operation} of ${this.target.stack} stopped part-way (${follower.status()}); ` +
                        `"lakeworks ${again} ${optionsOf(this.target)}" goes on from there.`,
                );
            }
            throw this.explain(operation, error, follower);
        } finally {
            clearInterval(ticking);
        }
    }

    private dropStaleLock(): Promise<boolean> {
        return this.target.local === undefined ? Promise.resolve(false) : dropStaleLock(backendDir());
    }

    private explain(operation: string, error: unknown, follower: EngineFollower): unknown {
        const name = `pulumi ${operation} of the stack ${this.target.stack}`;
        if (error instanceof ConcurrentUpdateError) {
            const next = `Wait for it; if none is running any more: pulumi cancel --stack ${this.target.stack}.`;
            return new StepFailure(`${name} cannot start: another update of the stack is running.`, { next });
        }
        const mandatory = follower.violations.filter((violation) => violation.mandatory);
        if (mandatory.length > 0) {
            return new StepFailure(
                `${name} is stopped by policy:\n${mandatory.map((found) => `  ${describeViolation(found)}`).join("\n")}`,
            );
        }
        if (!(error instanceof CommandError)) return error;
        if (follower.errors.length === 0) return new StepFailure(`${name} failed.`, { reason: reasonOf(error) });
        // The engine's own last word says no more than that it failed.
        const errors = follower.errors.filter((text) => !/^(update|preview|refresh|destroy) failed$/.test(text));
        return new StepFailure(`${name} failed:\n${errors.map((text) => `  ${text}`).join("\n")}`);
    }
}

const policyPack = path.join(projectRoot, "policies");

const backendDir = () => path.join(homeDir(), "pulumi");

/** Stacks that stand on the local AWS, as its file backend keeps them. */
export function localStacks(): string[] {
    const folder = path.join(backendDir(), ".pulumi", "stacks", "lakeworks");
    const files = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    return files.map((file) => /^([\w-]+)\.json$/.exec(file)?.[1]).filter((name) => name !== undefined);
}

function environment(target: Target): Record<string, string> {
    const common = { PULUMI_NODEJS_TRANSPILE_ONLY: "true", PULUMI_SKIP_UPDATE_CHECK: "true" };
    if (target.local === undefined) return common;
    fs.mkdirSync(backendDir(), { recursive: true });
    return {
        ...common,
        ...target.pulumiEnv,
        PULUMI_BACKEND_URL: `file://${backendDir()}`,
        PULUMI_CONFIG_PASSPHRASE: "",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
}

/** The CLI's own error, without the Automation API's wrapping. */
function reasonOf(error: CommandError): string {
    const own = error.message.split("\n").filter((line) => line.startsWith("error: "));
    return own[0]?.slice("error: ".length) ?? error.message;
}
