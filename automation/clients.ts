/** AWS SDK clients from the environment alone: region, credentials and endpoint are whatever the user, or the target, set. */
import { AthenaClient } from "@aws-sdk/client-athena";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { GlueClient } from "@aws-sdk/client-glue";
import { S3Client } from "@aws-sdk/client-s3";

export interface Clients {
    readonly s3: S3Client;
    readonly glue: GlueClient;
    readonly athena: AthenaClient;
    readonly logs: CloudWatchLogsClient;
}

/** Clients in the stack's own region. */
export function createClients(region: string): Clients {
    return {
        s3: new S3Client({ region }),
        glue: new GlueClient({ region }),
        athena: new AthenaClient({ region }),
        logs: new CloudWatchLogsClient({ region }),
    };
}
