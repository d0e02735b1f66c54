/** `lakeworks init`: a sample file to a dataset's folder that runs as it is. */
import * as fs from "node:fs";
import * as path from "node:path";
import { validateContract } from "../../datasets";
import { identifierFault } from "../../datasets/faults";
import { projectRoot } from "../../tools/toolchain";
import { StepFailure } from "../errors";
import { plural } from "../format";
import { propose, type Guess, type Proposal, type Wishes } from "./proposal";
import { contractFile, generatorFile } from "./render";
import { profileOf, tryContract, type SampleProfile, type SampleTrial } from "./sample";

export interface InitRequest extends Wishes {
    readonly name: string;
    /** The sample's path. */
    readonly from: string;
    /** Element of one record of XML. @default the outermost that is repeated */
    readonly rowTag?: string;
    /** Folder of all datasets. @default datasets/ */
    readonly into?: string;
}

export interface InitPlan extends Proposal {
    readonly guesses: readonly Guess[];
    /** What the job makes of the sample with this contract. */
    readonly trial: SampleTrial;
    readonly folder: string;
    /** Text by path within the folder; the sample is copied as it is. */
    readonly files: Readonly<Record<string, string>>;
    /** The sample's name within the folder, and the path that it is copied from. */
    readonly sample: { readonly name: string; readonly from: string };
}

/**
 * Looks at the sample and tries the contract on it; writes nothing.
 * @throws StepFailure for a name, a file or options that do not do
 */
export async function planDataset(request: InitRequest): Promise<InitPlan> {
    const { name, from, rowTag, into = path.join(projectRoot, "datasets") } = request;
    checkName(name, into);
    checkFile(from);
    const profile = await profileOf(from, rowTag);
    const proposal = propose(name, path.basename(from), profile, request);
    const trial = await tryContract(from, proposal.contract);
    checkTrial(trial, proposal);
    const sample = sampleName(profile);
    const counts = {
        lines: trial.records,
        clean: trial.clean,
        bad: Object.values(trial.reasons).reduce((sum, number) => sum + number, 0),
        duplicates: trial.duplicates,
        late: trial.late,
        badByReason: trial.reasons,
    };
    return {
        ...proposal,
        trial,
        folder: path.join(into, name),
        files: {
            "contract.ts": contractFile(proposal),
            "generator.ts": generatorFile(sample, trial.newest!, counts),
            ...Object.fromEntries(proposal.queries.map((query) => [`queries/${query.name}.sql`, query.text])),
        },
        sample: { name: sample, from: path.resolve(from) },
    };
}

/** Writes the folder at once: into one beside it, which is checked as every command does and then takes its name. */
export function writeDataset({ contract, folder, files, sample }: InitPlan): void {
    const work = fs.mkdtempSync(path.join(path.dirname(folder), ".init-"));
    try {
        const fresh = path.join(work, contract.name);
        for (const [name, text] of Object.entries(files)) {
            const file = path.join(fresh, name);
            fs.mkdirSync(path.dirname(file), { recursive: true });
            fs.writeFileSync(file, text);
        }
        fs.copyFileSync(sample.from, path.join(fresh, sample.name));
        validateContract(contract, fresh);
        fs.renameSync(fresh, folder);
    } finally {
        fs.rmSync(work, { recursive: true, force: true });
    }
}

function checkName(name: string, into: string): void {
    const fault =
        identifierFault(name) ??
        (name.length > 30 ? `"${name}" has ${name.length} characters; at most 30 fit.` : undefined) ??
        (name.startsWith("raw_") ? `"${name}" must not start with raw_; write "${name.slice(4)}".` : undefined);
    if (fault !== undefined) throw new StepFailure("The dataset cannot have this name.", { reason: fault });
    if (fs.existsSync(path.join(into, name))) {
        throw new StepFailure(`There is a dataset ${name} already.`, {
            next: `Choose another name, or remove datasets/${name} first.`,
        });
    }
}

function checkFile(file: string): void {
    const found = fs.statSync(file, { throwIfNoEntry: false });
    if (found === undefined) throw new StepFailure(`There is no file ${file}.`, { next: "Check the path of --from." });
    if (!found.isFile()) throw new StepFailure(`${file} is no file.`, { next: "Give one file with some records." });
}

/** A contract by which the job would drop or refuse much of the very sample is none. */
function checkTrial({ records, clean, duplicates, reasons }: SampleTrial, { contract }: Proposal): void {
    if (clean === 0 || clean < records / 2) {
        const bad = Object.entries(reasons).map(([reason, number]) => `${reason} ${number}`);
        const twice = duplicates > 0 ? [`${plural(duplicates, "row")} with a key that another one has`] : [];
        throw new StepFailure(`Of ${plural(records, "record")} the job would publish ${clean}.`, {
            reason: [...bad, ...twice].join(", "),
            next: `The key is ${contract.businessKey.join(", ")}: name another by --key, or give a cleaner sample.`,
        });
    }
}

/** By what is in it: names lie. */
function sampleName({ raw, compression }: SampleProfile): string {
    const ending = { json: "jsonl", csv: "csv", xml: "xml", parquet: "parquet" }[raw.format];
    const packed = { gzip: ".gz", bzip2: ".bz2", zstd: ".zst" };
    return `sample.${ending}${compression === null ? "" : packed[compression]}`;
}
