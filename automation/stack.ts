/** The Pulumi program of this repository, driven by the Automation API: https://www.pulumi.com/docs/iac/automation-api/ */
import * as fs from "node:fs";
import * as path from "node:path";
import {
    CommandError,
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
import type { DeclaredResource } from "./cost/resources";
import { usefulErrors, type PolicyViolation } from "./engineEvents";
import { StepFailure } from "./errors";
import { isLetGo, letGoConfig } from "./letGo";
import { follow, reasonOf, succeeded, type Operation, type OperationName, type RunOptions } from "./operation";
import { programFolder } from "./program";
import type { Stage } from "./progress";
import { changesOf, nameOf, type ResourceChange } from "./review/changes";
import { stepsOf } from "./review/engineSteps";
import { dropStaleLock } from "./staleLock";
import { optionsOf, type Target } from "./target";

export interface ChangeResult {
    readonly changes: OpMap;
    readonly violations: readonly PolicyViolation[];
    /** What the program itself warns of. */
    readonly warnings: readonly string[];
}

export interface RefreshResult extends ChangeResult {
    /** What differs, from the state to what stands. */
    readonly drift: readonly ResourceChange[];
}

/** Of Pulumi's state: https://www.pulumi.com/docs/iac/concepts/state-and-backends/ */
interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly parent?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly delete?: boolean;
}

export interface PreviewOptions {
    /** File with the pack's configuration. */
    readonly policyConfig?: string;
    /** Compare with what stands in AWS instead of with the state. */
    readonly refresh?: boolean;
}

export interface Previewed {
    /** What the engine did and found, without its diagnostics. */
    readonly events: readonly EngineEvent[];
    readonly warnings: readonly string[];
    /** Not empty where the preview failed by anything but policy. */
    readonly errors: readonly string[];
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

    /**
     * Creates or changes what differs from the program.
     * @param policyConfig file with the pack's configuration
     */
    async up(stage: Stage, policyConfig?: string): Promise<ChangeResult> {
        const pack = await this.pack(policyConfig);
        return this.change("up", stage, (options) => this.stack.up({ ...options, ...pack }));
    }

    /** What `up` would do. A failure, by policy or by an error, is a part of the answer. */
    async preview(stage: Stage, { policyConfig, refresh }: PreviewOptions = {}): Promise<Previewed> {
        const { events, recorded } = recorder();
        const pack = await this.pack(policyConfig);
        const { follower, failure } = await follow(this.operation("preview", stage), (options) =>
            this.stack.preview({ ...recorded(options), ...pack, refresh }),
        );
        const errors = usefulErrors(follower.errors);
        const told = errors.length > 0 || follower.violations.some(({ mandatory }) => mandatory);
        return {
            events,
            warnings: follower.warnings,
            errors: failure === undefined || told ? errors : [reasonOf(failure)],
        };
    }

    private async pack(given: string | undefined): Promise<{ policyPacks: string[]; policyPackConfigs?: string[] }> {
        const { stack } = this.target;
        const policyPacks = [path.join(projectRoot, "policies")];
        const config = isLetGo(await this.config(), stack) ? letGoConfig(given, stack) : given;
        return config === undefined ? { policyPacks } : { policyPacks, policyPackConfigs: [config] };
    }

    /** Compares what stands with the state; changes neither. */
    async refresh(stage: Stage): Promise<RefreshResult> {
        const { events, recorded } = recorder();
        const result = await this.change("refresh", stage, (options) => this.stack.previewRefresh(recorded(options)));
        return { ...result, drift: changesOf(stepsOf(events)) };
    }

    /** Deletes every resource of the stack. */
    async destroy(stage: Stage): Promise<ChangeResult> {
        return this.change("destroy", stage, (options) => this.stack.destroy(options));
    }

    /** What is deployed, as the state has it; what waits for its deletion is left out. */
    async deployed(): Promise<DeclaredResource[]> {
        const exported = await this.stack.exportStack();
        const { resources = [] } = exported.deployment as { resources?: readonly StateResource[] };
        return resources
            .filter((resource) => resource.delete !== true)
            .map(({ urn, type, parent, inputs = {} }) => ({ urn, type, name: nameOf(urn), parent, inputs }));
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

    private async change(
        name: OperationName,
        stage: Stage,
        run: (options: RunOptions) => Promise<unknown>,
    ): Promise<ChangeResult> {
        const operation = this.operation(name, stage);
        const { changes, violations, warnings } = succeeded(operation, await follow(operation, run));
        return { changes, violations, warnings };
    }

    private operation(name: OperationName, stage: Stage): Operation {
        const { target, cancellation } = this;
        const dropLock = () => (target.local === undefined ? Promise.resolve(false) : dropStaleLock(backendDir()));
        return { name, target, cancellation, stage, dropStaleLock: dropLock };
    }
}

/** Keeps an operation's events. Diagnostics are many and may hold what the provider read; the follower takes what they tell. */
function recorder() {
    const events: EngineEvent[] = [];
    const recorded = (options: RunOptions): RunOptions => ({
        ...options,
        onEvent: (event) => {
            if (event.diagnosticEvent === undefined) events.push(event);
            options.onEvent(event);
        },
    });
    return { events: events as readonly EngineEvent[], recorded };
}

/** Pulumi's file backend for the stacks on the local AWS. */
export const backendDir = () => path.join(homeDir(), "pulumi");

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
