/** Previews the programs of the corpus one after the other, in one stack that is never deployed, under the pack. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { LocalWorkspace, PulumiCommand, type PolicyEvent, type Stack } from "@pulumi/pulumi/automation";
import { loadToolchain, projectRoot } from "../../../tools/toolchain";

export interface Finding {
    readonly rule: string;
    readonly mandatory: boolean;
    readonly message: string;
}

export class CorpusStack {
    private constructor(
        private readonly stack: Stack,
        private readonly home: string,
        private readonly pack: string,
    ) {}

    /** @param pack the policy pack's folder */
    static async open(pack = path.join(projectRoot, "policies")): Promise<CorpusStack> {
        process.env.PATH = `${loadToolchain().pulumiBin}${path.delimiter}${process.env.PATH ?? ""}`;
        const home = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-corpus-"));
        const stack = await LocalWorkspace.createOrSelectStack(
            { stackName: "test", projectName: "corpus", program: () => Promise.resolve() },
            {
                pulumiCommand: await PulumiCommand.get(),
                pulumiHome: path.join(home, "home"),
                envVars: {
                    PULUMI_BACKEND_URL: `file://${home}`,
                    PULUMI_CONFIG_PASSPHRASE: "",
                    PULUMI_SKIP_UPDATE_CHECK: "true",
                },
            },
        );
        // A provider that asks nothing of AWS in a preview.
        const settings = { region: "us-east-1", accessKey: "test", secretKey: "test" };
        const checks = [
            "skipCredentialsValidation",
            "skipMetadataApiCheck",
            "skipRegionValidation",
            "skipRequestingAccountId",
        ];
        await stack.setAllConfig({
            ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [`aws:${key}`, { value }])),
            ...Object.fromEntries(checks.map((key) => [`aws:${key}`, { value: "true" }])),
        });
        return new CorpusStack(stack, home, pack);
    }

    /** What the policies say to a program, by file. @throws when the preview fails for another reason than them */
    async preview(file: string): Promise<readonly Finding[]> {
        const events: PolicyEvent[] = [];
        const errors: string[] = [];
        try {
            await this.stack.preview({
                // Loaded once in the process: a program's resources are made where it is loaded.
                program: () => import(file).then(() => {}),
                policyPacks: [this.pack],
                onEvent: ({ policyEvent, diagnosticEvent }) => {
                    if (policyEvent) events.push(policyEvent);
                    if (diagnosticEvent?.severity === "error") errors.push(diagnosticEvent.message);
                },
            });
        } catch (error) {
            const others = errors.filter((message) => !message.includes("preview failed"));
            if (others.length > 0 || events.every(({ enforcementLevel }) => enforcementLevel !== "mandatory")) {
                throw new Error(`The preview of ${file} failed:\n${others.join("\n")}`, { cause: error });
            }
        }
        return events.map(({ policyName, enforcementLevel, message }) => ({
            rule: policyName,
            mandatory: enforcementLevel === "mandatory",
            message: message.replaceAll(/<\{%.*?%\}>/g, ""),
        }));
    }

    close(): void {
        fs.rmSync(this.home, { recursive: true, force: true });
    }
}
