/** The folder from which Pulumi runs the program: the repository, or for a trial on the local AWS one beside its state. */
import * as fs from "node:fs";
import * as path from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { homeDir, projectRoot } from "../tools/toolchain";
import { StepFailure } from "./errors";
import { localStack, type Target } from "./target";

/**
 * A stack of AWS that is tried on the local AWS gets a project file and settings of its own: its settings with what leads
 * the provider to the local endpoint. The repository's files stay as they are, which `pulumi stack init` would change.
 * @throws StepFailure when the stack's file holds secrets, which only its own backend can read
 */
export async function programFolder(target: Target): Promise<string> {
    if (target.local === undefined || target.stack === localStack) return projectRoot;
    const repository = await LocalWorkspace.create({ workDir: projectRoot });
    const [project, own, local] = await Promise.all([
        repository.projectSettings(),
        repository.stackSettings(target.stack),
        repository.stackSettings(localStack),
    ]);
    const kept = Object.entries(own.config ?? {}).filter(([key]) => !key.startsWith("aws:"));
    const secrets = kept.filter(([, value]) => typeof value === "object" && value !== null && "secure" in value);
    if (secrets.length > 0) {
        throw new StepFailure(`The stack ${target.stack} cannot be tried on the local AWS.`, {
            reason: `${secrets.map(([key]) => key).join(", ")} in Pulumi.${target.stack}.yaml is encrypted`,
            next: "Keep secrets in an ESC environment (docs/stacks.md), which the local AWS does without.",
        });
    }
    const folder = path.join(homeDir(), "pulumi", target.stack);
    fs.mkdirSync(folder, { recursive: true });
    const main = path.relative(folder, path.join(projectRoot, project.main!));
    write(path.join(folder, "Pulumi.yaml"), { ...project, main });
    write(path.join(folder, `Pulumi.${target.stack}.yaml`), {
        encryptionsalt: local.encryptionSalt,
        config: { ...Object.fromEntries(kept), ...local.config },
    });
    return folder;
}

/** JSON is YAML. */
function write(file: string, settings: object): void {
    fs.writeFileSync(file, `${JSON.stringify(settings, undefined, 2)}\n`);
}
