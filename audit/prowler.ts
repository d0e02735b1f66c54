/** Prowler (https://docs.prowler.com), an auditor of AWS accounts by others: run on an endpoint, and its findings read. */
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** What Prowler found out about one resource by one check. */
export interface Finding {
    readonly check: string;
    readonly severity: string;
    /** ARN, or what stands for one where the account itself is meant. */
    readonly resource: string;
    /** What Prowler calls it, to which explanations refer: a name mostly, or the account's number. */
    readonly name: string;
    /** MANUAL is what Prowler cannot tell. */
    readonly status: "PASS" | "FAIL" | "MANUAL";
    readonly detail: string;
}

export interface Audit {
    readonly findings: readonly Finding[];
    /** Operations that the endpoint refused, so that the checks which need them say nothing. */
    readonly refused: readonly string[];
}

/**
 * Services of which the stacks make resources and that Prowler knows. It has no checks of Lake Formation and Budgets; those
 * of networks need EC2, which the local deployment leaves out.
 */
const services = ["athena", "cloudtrail", "cloudwatch", "eventbridge", "glue", "iam", "kms", "s3", "sns", "sqs"];

/** Beside success: 3 is that a check has failed. */
const checksFailed = 3;

/** @param env credentials, region and endpoint of the account that is audited */
export async function audit(prowler: string, env: NodeJS.ProcessEnv): Promise<Audit> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-prowler-"));
    try {
        const args = [
            ...["aws", "--service", ...services, "--region", env.AWS_REGION ?? "us-east-1"],
            // What no query has used yet is deployed all the same.
            "--scan-unused-services",
            ...["--output-formats", "json-ocsf", "--output-directory", folder, "--output-filename", "audit"],
            ...["--no-banner", "--no-color", "--log-level", "ERROR", "--log-file", path.join(folder, "log")],
        ];
        await run(prowler, args, { ...env, PYTHONPATH: undefined });
        const log = fs.readFileSync(path.join(folder, "log"), "utf8");
        return {
            findings: findingsOf(fs.readFileSync(path.join(folder, "audit.ocsf.json"), "utf8")),
            refused: refusedIn(log),
        };
    } finally {
        fs.rmSync(folder, { recursive: true, force: true });
    }
}

/** Prowler's findings in the Open Cybersecurity Schema Framework. */
export function findingsOf(ocsf: string): Finding[] {
    const events = JSON.parse(ocsf) as {
        metadata: { event_code: string };
        severity: string;
        status_code: Finding["status"];
        status_detail: string;
        resources: { uid: string; name: string }[];
    }[];
    return events.map(({ metadata, severity, status_code, status_detail, resources }) => ({
        check: metadata.event_code,
        severity: severity.toLowerCase(),
        resource: resources[0]?.uid ?? "",
        name: resources[0]?.name ?? "",
        status: status_code,
        detail: status_detail,
    }));
}

/** `operation: why`, from the log's errors, each once. */
export function refusedIn(log: string): string[] {
    const errors = log.matchAll(/when calling the (\w+) operation: ?(.*?)(?=\\n|"|$)/gm);
    return [
        ...new Set([...errors].map(([, operation, why = ""]) => `${operation}${why === "" ? "" : `: ${why}`}`)),
    ].sort();
}

function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
    return new Promise((resolve, reject) => {
        execFile(file, args, { env, maxBuffer: 64 * 1024 ** 2 }, (error, stdout, stderr) => {
            if (error === null || error.code === checksFailed) resolve();
            else
                reject(new Error(`Prowler failed (${error.code ?? error.signal}):\n${stdout}\n${stderr}`.slice(-4000)));
        });
    });
}
