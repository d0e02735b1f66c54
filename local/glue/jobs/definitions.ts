/** Job definitions. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html */
import { isDeepStrictEqual } from "node:util";
import type {
    BatchGetJobsRequest,
    CreateJobRequest,
    DeleteJobRequest,
    GetJobRequest,
    GetJobsRequest,
    JobUpdate,
    ListJobsRequest,
    UpdateJobRequest,
} from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../../protocol/operations";
import { pageOf } from "../../protocol/pages";
import { nowSeconds, type Wire } from "../../protocol/wire";
import type { SecurityConfigurations } from "../securityConfigurations";
import type { TagStore } from "../tags";
import { capacityOf } from "./capacity";
import type { JobState, StoredJob } from "./state";

const largestPage = 1000;
const defaultPage = 100;
const defaultVersion = "5.1";
/** Minutes, for Glue 5.0 and newer. */
const defaultTimeout = 480;
const longestTimeout = 10_080;
const mostRetries = 10;

export function definitionOperations(
    state: JobState,
    tags: TagStore,
    securityConfigurations: SecurityConfigurations,
): Operations {
    const checkedDescription = (given: JobUpdate) => {
        if (given.SecurityConfiguration !== undefined) securityConfigurations.get(given.SecurityConfiguration);
        return described(given);
    };
    return {
        CreateJob: (input: CreateJobRequest) => {
            const { Name: name = "", Tags: given, ...definition } = input;
            if (!/^[\u0020-\uD7FF\uE000-\uFFFD\t]{1,255}$/.test(name)) {
                throw invalid(`The job name ${JSON.stringify(name)} must have 1 to 255 printable characters.`);
            }
            const now = nowSeconds();
            const job = { ...checkedDescription(definition), Name: name, CreatedOn: now, LastModifiedOn: now };
            const before = state.findJob(name);
            if (before === undefined) {
                state.putJob(job);
                tags.set(state.arn(name), given);
            } else if (!sameDefinition(before, job)) {
                const message = `Job with name: ${name} already submitted with different configuration`;
                throw new AwsError("IdempotentParameterMismatchException", message);
            }
            return { Name: name };
        },
        UpdateJob: (input: UpdateJobRequest) => {
            const before = state.job(input.JobName);
            const definition = checkedDescription(input.JobUpdate ?? {});
            const kept = { Name: before.Name, CreatedOn: before.CreatedOn, LastModifiedOn: nowSeconds() };
            state.putJob({ ...definition, ...kept });
            return { JobName: before.Name };
        },
        GetJob: (input: GetJobRequest) => {
            return { Job: state.job(input.JobName) };
        },
        GetJobs: (input: GetJobsRequest) => {
            const page = pageOf(sorted(state.jobs), input.NextToken, pageSize(input.MaxResults));
            return { Jobs: page.items, NextToken: page.nextToken };
        },
        ListJobs: (input: ListJobsRequest) => {
            const wanted = Object.entries(input.Tags ?? {});
            const tagged = sorted(state.jobs).filter((job) => {
                const own = tags.get(state.arn(job.Name));
                return wanted.every(([key, value]) => own[key] === value);
            });
            const page = pageOf(tagged, input.NextToken, pageSize(input.MaxResults));
            return { JobNames: page.items.map((job) => job.Name), NextToken: page.nextToken };
        },
        BatchGetJobs: (input: BatchGetJobsRequest) => {
            const names = [...new Set(input.JobNames ?? [])];
            return {
                Jobs: names.flatMap((name) => state.findJob(name) ?? []),
                JobsNotFound: names.filter((name) => state.findJob(name) === undefined),
            };
        },
        // No error for a job that is not there, as AWS documents.
        DeleteJob: (input: DeleteJobRequest) => {
            state.removeJob(input.JobName ?? "");
            tags.drop(state.arn(input.JobName ?? ""));
            return { JobName: input.JobName };
        },
    };
}

/** The definition as GetJob shows it: what was given, with AWS's defaults for what was not. */
function described(given: JobUpdate): Omit<StoredJob, "Name"> {
    const command = given.Command;
    if (command?.ScriptLocation === undefined) throw invalid("A job needs Command.ScriptLocation.");
    if (given.Role === undefined) throw invalid("A job needs a Role.");
    if ((command.Name ?? "glueetl") !== "glueetl") {
        throw invalid(`The local AWS runs Spark jobs (glueetl) only, not ${command.Name}.`);
    }
    within("MaxRetries", given.MaxRetries, 0, mostRetries);
    within("Timeout", given.Timeout, 1, longestTimeout);
    within("ExecutionProperty.MaxConcurrentRuns", given.ExecutionProperty?.MaxConcurrentRuns, 1, 1000);
    return {
        ...(given as Wire<JobUpdate>),
        ...capacityOf(given),
        JobMode: given.JobMode ?? "SCRIPT",
        Command: { ...command, Name: "glueetl", PythonVersion: command.PythonVersion ?? "3" },
        ExecutionProperty: { MaxConcurrentRuns: given.ExecutionProperty?.MaxConcurrentRuns ?? 1 },
        MaxRetries: given.MaxRetries ?? 0,
        Timeout: given.Timeout ?? defaultTimeout,
        GlueVersion: given.GlueVersion ?? defaultVersion,
    };
}

function within(member: string, value: number | undefined, least: number, most: number): void {
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most)) {
        throw invalid(`${member} is ${value}; it must be a whole number from ${least} to ${most}.`);
    }
}

function sameDefinition(one: StoredJob, other: StoredJob): boolean {
    const definition = (job: StoredJob) =>
        JSON.parse(JSON.stringify({ ...job, CreatedOn: 0, LastModifiedOn: 0 })) as unknown;
    return isDeepStrictEqual(definition(one), definition(other));
}

function sorted(jobs: readonly StoredJob[]): StoredJob[] {
    return [...jobs].sort((one, other) => (one.Name < other.Name ? -1 : 1));
}

function pageSize(asked: number | undefined): number {
    within("MaxResults", asked, 1, largestPage);
    return asked ?? defaultPage;
}

function invalid(message: string): AwsError {
    return new AwsError("InvalidInputException", message);
}
