/** What a run's security configuration has encrypted. Bookmarks stay in the local AWS's own state, in the clear. */
import type { S3Encryption } from "@aws-sdk/client-glue";
import type { SecurityConfigurations } from "../securityConfigurations";

export interface LogEncryption {
    readonly securityConfiguration: string;
    readonly roleName: string;
    readonly kmsKeyArn: string;
}

export interface RunEncryption {
    readonly logs?: LogEncryption;
    readonly output?: S3Encryption;
}

/** @throws EntityNotFoundException when there is no such security configuration */
export function encryptionOf(
    configurations: SecurityConfigurations,
    name: string | undefined,
    role: string | undefined,
): RunEncryption {
    if (name === undefined) return {};
    const { S3Encryption, CloudWatchEncryption: logs } = configurations.get(name).EncryptionConfiguration ?? {};
    return {
        logs:
            logs?.CloudWatchEncryptionMode === "SSE-KMS"
                ? { securityConfiguration: name, roleName: roleName(role), kmsKeyArn: logs.KmsKeyArn ?? "" }
                : undefined,
        output: S3Encryption?.[0],
    };
}

/** Of a role's name or ARN. */
function roleName(role = ""): string {
    return role.split("/").at(-1) ?? role;
}
