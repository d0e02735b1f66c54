/** What every command starts from: checked options, an AWS to talk to, the stack and its outputs. */
import { datasets, dataset, type LoadedDataset } from "../datasets";
import type { DatasetOutputs, LakeOutputs } from "../components/lakeOutputs";
import { cancelOnSignals, type Cancellation } from "./cancel";
import { createClients, type Clients } from "./clients";
import { StepFailure } from "./errors";
import { Progress } from "./progress";
import { LakeStack, checkStackName } from "./stack";
import { localStack, openTarget, optionsOf, type Target } from "./target";

export interface CommonOptions {
    readonly stack: string;
    /** One dataset's name; every dataset where it is left out. */
    readonly dataset?: string;
    readonly json?: boolean;
    /** Any stack on the local AWS instead of AWS. */
    readonly local?: boolean;
}

/** A deployed lake. */
export interface Lake {
    readonly outputs: LakeOutputs;
    readonly clients: Clients;
}

/** One dataset in a deployed lake: what the steps of the pipeline work on. */
export interface LakeDataset extends Lake {
    readonly dataset: LoadedDataset;
    readonly of: DatasetOutputs;
}

export class Session {
    private constructor(
        readonly stackName: string,
        readonly datasets: readonly LoadedDataset[],
        readonly target: Target,
        readonly progress: Progress,
        readonly cancellation: Cancellation,
    ) {}

    /** Checks the options and, for the local stack, starts the local AWS where it does not run yet. */
    static async open(options: CommonOptions): Promise<Session> {
        const stackName = checkStackName(options.stack);
        const chosen = options.dataset === undefined ? datasets : [dataset(options.dataset)];
        const cancellation = cancelOnSignals();
        const progress = new Progress();
        const onLocal = options.local === true || stackName === localStack;
        const open = () => openTarget(stackName, onLocal);
        const target = onLocal
            ? await progress.stage("Local AWS", open, (ready) => ready.local!.endpoint)
            : await open();
        return new Session(stackName, chosen, target, progress, cancellation);
    }

    /** The options that lead another command to the same stack. */
    get options(): string {
        return optionsOf(this.target);
    }

    get signal(): AbortSignal {
        return this.cancellation.signal;
    }

    /** The stack, made where it is new. */
    async stack(): Promise<LakeStack> {
        return (await LakeStack.open(this.target, this.cancellation, true))!;
    }

    /** The stack where there is one. */
    existingStack(): Promise<LakeStack | undefined> {
        return LakeStack.open(this.target, this.cancellation, false);
    }

    /** @throws StepFailure when the stack is not deployed */
    async lake(): Promise<Lake> {
        const outputs = await (await this.existingStack())?.outputs();
        if (outputs) return { outputs, clients: createClients(outputs.region) };
        throw new StepFailure(`The stack ${this.stackName} is not deployed.`, {
            next: `Run "lakeworks up ${this.options}".`,
        });
    }

    /** The session's datasets in a lake. */
    async lakeDatasets(): Promise<LakeDataset[]> {
        const lake = await this.lake();
        return this.datasets.map((found) => {
            const of = lake.outputs.datasets[found.contract.name];
            if (of) return { ...lake, dataset: found, of };
            throw new StepFailure(`The dataset ${found.contract.name} is not in the stack ${this.stackName}.`, {
                next: `Run "lakeworks up ${this.options}" to deploy it.`,
            });
        });
    }
}
