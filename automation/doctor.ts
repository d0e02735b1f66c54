/** Looks whether all that a stack needs is there, and says what to do about what is not. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ListWorkGroupsCommand } from "@aws-sdk/client-athena";
import { GetDatabasesCommand } from "@aws-sdk/client-glue";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { parse } from "yaml";
import { homeDir, loadToolchain, projectRoot } from "../tools/toolchain";
import { explainAwsError } from "./awsFaults";
import { createClients } from "./clients";
import { StepFailure } from "./errors";
import { bytes } from "./format";
import type { Session } from "./session";

export interface Finding {
    readonly what: string;
    readonly ok: boolean;
    /** What was found, or what is wrong. */
    readonly found: string;
    /** What to do about it. */
    readonly fix?: string;
}

/** A finding that is well, from what is returned; one that is not, from what is thrown. */
async function check(what: string, look: () => string | Promise<string>): Promise<Finding> {
    try {
        return { what, ok: true, found: await look() };
    } catch (error) {
        const {
            message: found,
            next,
            reason,
        } = error instanceof StepFailure
            ? { message: error.message, ...error.details }
            : (explainAwsError(error) ?? { message: String(error), next: undefined, reason: undefined });
        return { what, ok: false, found: reason ? `${found} ${reason}` : found, fix: next };
    }
}

/** What every stack needs on this machine. */
export async function machineFindings(): Promise<Finding[]> {
    const minimum = versions().node.atLeast;
    return [
        await check("Node.js", () => {
            if (compareVersions(process.versions.node, minimum) >= 0) return process.versions.node;
            throw new StepFailure(`This is ${process.versions.node}.`, {
                next: `Install Node.js ${minimum} or newer.`,
            });
        }),
        await check("Tools", toolsFound),
        await check("Pulumi", () => {
            const { pulumiBin } = loadToolchain();
            return execFileSync(path.join(pulumiBin, "pulumi"), ["version"], { encoding: "utf8" }).trim();
        }),
        await check("Disk", () => {
            const { bavail, bsize } = fs.statfsSync(fs.existsSync(homeDir()) ? homeDir() : projectRoot);
            const free = bavail * bsize;
            if (free >= leastDisk) return `${bytes(free)} free`;
            throw new StepFailure(`${bytes(free)} are free.`, { next: `Make room: ${bytes(leastDisk)} are needed.` });
        }),
    ];
}

const gigabyte = 1024 ** 3;
const leastDisk = 2 * gigabyte;
/** Trino takes 1 GB, Spark 1 to 2 GB, the rest half of one. */
const leastMemory = 4 * gigabyte;

/** What the local AWS needs besides. */
export async function localFindings(session: Session): Promise<Finding[]> {
    return [
        await check("Memory", () => {
            if (os.totalmem() >= leastMemory) return bytes(os.totalmem());
            throw new StepFailure(`This machine has ${bytes(os.totalmem())}.`, {
                next: `Spark and Trino need ${bytes(leastMemory)}; close what else runs, or use an AWS account.`,
            });
        }),
        await check("Local AWS", async () => {
            const { pid, services } = await session.target.local!.health();
            const broken = Object.entries(services).find(([, { state }]) => state === "failed");
            if (broken === undefined) return `process ${pid} answers at ${session.target.local!.endpoint}`;
            throw new StepFailure(`${broken[0]}: ${String(broken[1].reason)}`, {
                next: `"lakeworks local stop" and start it again.`,
            });
        }),
    ];
}

/** What a stack on AWS needs besides; nothing is changed there. */
export async function awsFindings(stack: string): Promise<Finding[]> {
    const region = regionOf(stack);
    const regionFinding = await check("Region", () => {
        if (region !== undefined) return region;
        throw new StepFailure("No region is set.", {
            next: "Set AWS_REGION, or aws:region in the stack's configuration.",
        });
    });
    if (region === undefined) return [regionFinding];
    const { s3, glue, athena } = createClients(region);
    const sts = new STSClient({ region });
    const credentials = await check("Credentials", async () => {
        const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
        return `account ${Account}, ${Arn}`;
    });
    if (!credentials.ok) return [regionFinding, credentials];
    return [
        regionFinding,
        credentials,
        await check("Amazon S3", async () => {
            const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
            return `answers (${Buckets.length} buckets)`;
        }),
        await check("AWS Glue", async () => {
            await glue.send(new GetDatabasesCommand({ MaxResults: 1 }));
            return "answers";
        }),
        await check("Amazon Athena", async () => {
            await athena.send(new ListWorkGroupsCommand({ MaxResults: 1 }));
            return "answers";
        }),
    ];
}

/** Whether the stack is there and its state can be read. */
export function stackFinding(session: Session): Promise<Finding> {
    return check(`Stack ${session.stackName}`, async () => {
        const stack = await session.existingStack();
        if (stack === undefined) return `not made yet: "lakeworks up ${session.options}" makes it`;
        const outputs = await stack.outputs();
        return outputs === undefined ? "made, not deployed yet" : `deployed in ${outputs.region}`;
    });
}

/** As the AWS provider has it: the stack's own, else the environment's. */
function regionOf(stack: string): string | undefined {
    const file = fs.readFileSync(path.join(projectRoot, `Pulumi.${stack}.yaml`), "utf8");
    const { config = {} } = (parse(file) ?? {}) as { config?: Record<string, unknown> };
    const own = config["aws:region"];
    return typeof own === "string" ? own : (process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION);
}

function toolsFound(): string {
    const again = { next: `Run "npm run setup".` };
    let tools: Record<string, string>;
    try {
        tools = { ...loadToolchain() };
    } catch (error) {
        throw new StepFailure((error as Error).message, again);
    }
    const missing = Object.entries(tools).filter(([, place]) => path.isAbsolute(place) && !fs.existsSync(place));
    if (missing.length === 0) return `${Object.keys(tools).length} of ${Object.keys(tools).length} are there`;
    throw new StepFailure(`Missing: ${missing.map(([name, place]) => `${name} (${place})`).join(", ")}.`, again);
}

function versions(): { node: { atLeast: string } } {
    const file = path.join(projectRoot, "tools", "versions.json");
    return JSON.parse(fs.readFileSync(file, "utf8")) as { node: { atLeast: string } };
}

function compareVersions(one: string, other: string): number {
    return one.localeCompare(other, "en", { numeric: true });
}
