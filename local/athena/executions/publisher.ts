/**
 * What an execution leaves in its result location: the result, the `.metadata` beside it and, of a statement that writes
 * files, the manifest of these. https://docs.aws.amazon.com/athena/latest/ug/querying-finding-output-files.html
 */
import { S3ServiceException, type S3Client } from "@aws-sdk/client-s3";
import { encodeMetadata } from "../results/metadata";
import { putResult, type ResultFile } from "../results/writer";
import { QueryFault } from "./faults";
import { isFinal, type Execution } from "./record";

export class Publisher {
    constructor(private readonly s3: S3Client) {}

    /** @throws QueryFault when the bucket refuses */
    async result(execution: Execution, file: ResultFile): Promise<void> {
        const { location, encryption } = targetOf(execution);
        await this.write(execution, location, () => file.upload(this.s3, location, encryption));
        await this.metadata(execution);
    }

    /** Of a statement whose answer is the files that it wrote. @throws QueryFault when the bucket refuses */
    async manifest(execution: Execution, files: readonly string[]): Promise<void> {
        const { location, encryption } = targetOf(execution);
        const manifest = `${location}-manifest.csv`;
        const lines = files.map((file) => `${file}\n`).join("");
        await this.write(execution, manifest, () => putResult(this.s3, manifest, lines, encryption));
        execution.manifest = manifest;
    }

    /** @throws QueryFault when the bucket refuses */
    async metadata(execution: Execution): Promise<void> {
        const { location, encryption } = targetOf(execution);
        const target = `${location}.metadata`;
        const content = encodeMetadata(execution.engineId ?? execution.id, execution.columns ?? []);
        await this.write(execution, target, () => putResult(this.s3, target, content, encryption));
    }

    private async write(execution: Execution, target: string, put: () => Promise<void>): Promise<void> {
        if (isFinal(execution.state)) return;
        const begun = Date.now();
        try {
            await put();
        } catch (error) {
            if (!(error instanceof S3ServiceException)) throw error;
            throw QueryFault.ofUser(
                `PERMISSION_DENIED: Unable to write the result to ${target}: ${error.name}: ${error.message}`,
            );
        }
        execution.serviceMs = (execution.serviceMs ?? 0) + Date.now() - begun;
    }
}

function targetOf({ resultConfiguration }: Execution) {
    return {
        location: resultConfiguration.OutputLocation ?? "",
        encryption: resultConfiguration.EncryptionConfiguration,
    };
}
