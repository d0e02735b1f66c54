/** Previews the programs of the corpus, in one stack that is never deployed, under the pack. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand, type PolicyEvent, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
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

    /** What the policies say to a program. @throws when the preview fails for another reason than them */
    async preview(file: string): Promise<readonly Finding[]> {
        const events = await this.run(() => import(file).then(() => {}));
        return events.map(findingOf);
    }

    /**
     * Previews programs as one: what the policies say to each, by file. Starting the engine, the provider and the pack takes
     * longer than they do. The names of the programs' resources must differ.
     */
    async previewTogether(files: readonly string[]): Promise<ReadonlyMap<string, readonly Finding[]>> {
        const owners = new Map<string, string>();
        const events = await this.run(async () => {
            let current = "";
            pulumi.runtime.registerStackTransformation(({ type, name }) => {
                owners.set(`${type}::${name}`, current);
                return undefined;
            });
            for (const file of files) {
                current = file;
                await import(file);
            }
        });
        const findings = new Map(files.map((file) => [file, [] as Finding[]]));
        for (const event of events) {
            const [types = "", name] = (event.resourceUrn ?? "").split("::").slice(2);
            findings.get(owners.get(`${types.split("$").at(-1)}::${name}`) ?? "")?.push(findingOf(event));
        }
        return findings;
    }

    /** @param program makes its resources where it is loaded, and so once in a process */
    private async run(program: PulumiFn): Promise<readonly PolicyEvent[]> {
        const events: PolicyEvent[] = [];
        const errors: string[] = [];
        try {
            await this.stack.preview({
                program,
                policyPacks: [this.pack],
                onEvent: ({ policyEvent, diagnosticEvent }) => {
                    if (policyEvent) events.push(policyEvent);
                    if (diagnosticEvent?.severity === "error") errors.push(diagnosticEvent.message);
                },
            });
        } catch (error) {
            const others = errors.filter((message) => !message.includes("preview failed"));
            if (others.length > 0 || events.every(({ enforcementLevel }) => enforcementLevel !== "mandatory")) {
                throw new Error(`The preview failed:\n${others.join("\n")}`, { cause: error });
            }
        }
        return events;
    }

    close(): void {
        fs.rmSync(this.home, { recursive: true, force: true });
    }
}

function findingOf({ policyName, enforcementLevel, message }: PolicyEvent): Finding {
    return {
        rule: policyName,
        mandatory: enforcementLevel === "mandatory",
        message: message.replaceAll(/<\{%.*?%\}>/g, ""),
    };
}
