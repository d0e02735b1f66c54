/** What every service of the local AWS is given. */
import { GlueClient } from "@aws-sdk/client-glue";
import { S3Client } from "@aws-sdk/client-s3";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { Toolchain } from "../tools/toolchain";
import type { Calls, Credentials } from "./calls";
import type { OutputEncryption } from "./outputEncryption";
import type { ServiceEvents } from "./serviceEvents";
import type { ServiceMetrics } from "./serviceMetrics";

export interface LocalContext {
    readonly account: string;
    /** By which the services of the account call each other: they are no role's. */
    readonly credentials: Credentials;
    /** By which the query engine of the account asks the catalog. */
    readonly engineCredentials: Credentials;
    readonly region: string;
    /** The gateway, `http://127.0.0.1:PORT`: our own services use it as any client does. */
    readonly endpoint: string;
    /** Folder of the account that survives a restart. */
    readonly stateDir: string;
    readonly toolchain: Toolchain;
    /** What each role does. */
    readonly calls: Calls;
    /** To EventBridge, by the services themselves. */
    readonly events: ServiceEvents;
    /** To CloudWatch, by the services themselves. */
    readonly metrics: ServiceMetrics;
    /** How the objects that a job's Spark writes are encrypted. */
    readonly outputEncryption: OutputEncryption;
    readonly log: (line: string) => void;
}

/** MiniStack's default account, that of whoever names none. */
export const localAccount = "000000000000";
export const accountPattern = /^\d{12}$/;
/** Where the local AWS listens unless it is told otherwise. */
export const loopback = "127.0.0.1";
export const localRegion = "us-east-1";
/** Port of the standing local AWS; another one is used where it is taken. */
export const defaultPort = 4577;

export const localCredentials: Credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** Clients of the gateway for one context. @param credentials a role's, where the calls are that role's */
export function clientsOf(
    context: Pick<LocalContext, "endpoint" | "region" | "credentials">,
    credentials = context.credentials,
) {
    const settings = { endpoint: context.endpoint, region: context.region, credentials };
    return {
        s3: new S3Client({ ...settings, forcePathStyle: true }),
        glue: new GlueClient(settings),
        logs: new CloudWatchLogsClient(settings),
    };
}

/** The environment with which any AWS client or SDK talks to the gateway. */
export function clientEnvironment(
    context: Pick<LocalContext, "endpoint" | "region">,
    credentials = localCredentials,
): Record<string, string> {
    return {
        AWS_ENDPOINT_URL: context.endpoint,
        AWS_REGION: context.region,
        AWS_DEFAULT_REGION: context.region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_EC2_METADATA_DISABLED: "true",
    };
}
