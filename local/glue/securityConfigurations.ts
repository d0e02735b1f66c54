/** Security configurations. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-security.html */
import * as path from "node:path";
import type {
    CreateSecurityConfigurationRequest,
    EncryptionConfiguration,
    GetSecurityConfigurationsRequest,
    SecurityConfiguration,
} from "@aws-sdk/client-glue";
import type { LocalContext } from "../context";
import { AwsError, type Operations } from "../protocol/operations";
import { pageOf } from "../protocol/pages";
import { nowSeconds, type Wire } from "../protocol/wire";
import { Store } from "../store";
import { refuseMembers } from "./catalog/state";

type StoredConfiguration = Wire<SecurityConfiguration> & { Name: string };

const largestPage = 1000;
const defaultPage = 100;

export class SecurityConfigurations {
    private readonly store: Store<{ configurations: StoredConfiguration[] }>;

    constructor(context: LocalContext) {
        this.store = new Store(path.join(context.stateDir, "glue", "securityConfigurations.json"), {
            configurations: [],
        });
    }

    /** @throws EntityNotFoundException */
    get(name: string | undefined): StoredConfiguration {
        const found = this.all.find((configuration) => configuration.Name === name);
        if (found !== undefined) return found;
        throw new AwsError("EntityNotFoundException", `Security Configuration ${name} not found.`);
    }

    operations(): Operations {
        return {
            CreateSecurityConfiguration: (input: CreateSecurityConfigurationRequest) => {
                const { Name: name = "", EncryptionConfiguration: encryption = {} } = input;
                check(name, encryption);
                if (this.all.some((configuration) => configuration.Name === name)) {
                    throw new AwsError("AlreadyExistsException", `Security Configuration ${name} already exists.`);
                }
                const created = nowSeconds();
                this.put([...this.all, { Name: name, CreatedTimeStamp: created, EncryptionConfiguration: encryption }]);
                return { Name: name, CreatedTimestamp: created };
            },
            GetSecurityConfiguration: (input: { Name?: string }) => {
                return { SecurityConfiguration: this.get(input.Name) };
            },
            GetSecurityConfigurations: (input: GetSecurityConfigurationsRequest) => {
                const sorted = [...this.all].sort((one, other) => (one.Name < other.Name ? -1 : 1));
                const size = Math.min(input.MaxResults ?? defaultPage, largestPage);
                const page = pageOf(sorted, input.NextToken, size);
                return { SecurityConfigurations: page.items, NextToken: page.nextToken };
            },
            DeleteSecurityConfiguration: (input: { Name?: string }) => {
                const { Name: name } = this.get(input.Name);
                this.put(this.all.filter((configuration) => configuration.Name !== name));
                return {};
            },
        };
    }

    flush(): void {
        this.store.flush();
    }

    private get all(): readonly StoredConfiguration[] {
        return this.store.state.configurations;
    }

    private put(configurations: StoredConfiguration[]): void {
        this.store.state.configurations = configurations;
        this.store.changed();
    }
}

function check(name: string, encryption: EncryptionConfiguration): void {
    if (!/^[^\0\r\n]{1,255}$/.test(name)) throw invalid("Name must be one line of 1 to 255 characters.");
    refuseMembers(encryption, "DataQualityEncryption");
    const [s3, ...more] = encryption.S3Encryption ?? [];
    if (more.length > 0) throw invalid("A security configuration has one S3Encryption.");
    const { CloudWatchEncryption: logs, JobBookmarksEncryption: bookmarks } = encryption;
    checkMode("S3Encryption", ["DISABLED", "SSE-KMS", "SSE-S3"], s3?.S3EncryptionMode, s3?.KmsKeyArn);
    checkMode("CloudWatchEncryption", ["DISABLED", "SSE-KMS"], logs?.CloudWatchEncryptionMode, logs?.KmsKeyArn);
    checkMode(
        "JobBookmarksEncryption",
        ["DISABLED", "CSE-KMS"],
        bookmarks?.JobBookmarksEncryptionMode,
        bookmarks?.KmsKeyArn,
    );
}

function checkMode(part: string, modes: readonly string[], mode = "DISABLED", key: string | undefined): void {
    if (!modes.includes(mode)) throw invalid(`The mode of ${part} is ${mode}; it must be one of ${modes.join(", ")}.`);
    if (mode.endsWith("KMS") && !/^arn:aws[\w-]*:kms:[^:]+:\d{12}:key\/.+$/.test(key ?? "")) {
        throw invalid(`${part} by ${mode} needs the ARN of a KMS key, not ${key}.`);
    }
}

function invalid(message: string): AwsError {
    return new AwsError("InvalidInputException", message);
}
