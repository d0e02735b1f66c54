/**
 * Python modules that Glue installs before a run, beside those that it has: from PyPI, or from wheels in the scripts bucket
 * where the network reaches no more than that.
 * https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-python-libraries.html
 */
import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { GlueVersion } from "./etlJobCapacity";
import type { Faults } from "./faults";

/** What Lakeworks' own package imports. Exact versions: what ran yesterday runs today. tools/lib/wheels.mjs reads them here. */
export const libraryModules = ["duckdb==2.0.1", "sqlglot==30.30.0", "zstandard==0.25.0"];

export interface ModuleArgs {
    readonly scriptPath?: string;
    readonly pythonModules?: string[];
    readonly wheelsPath?: string;
    readonly glueVersion?: string;
}

/** A script of yours brings modules of yours. */
export function modulesOf({ pythonModules, scriptPath }: ModuleArgs): readonly string[] {
    return pythonModules ?? (scriptPath === undefined ? libraryModules : []);
}

/** Names of modules, or addresses of their wheels, as the job's argument. */
export function modulesArgument(modules: readonly pulumi.Input<string>[]): Record<string, pulumi.Input<string>> {
    if (modules.length === 0) return {};
    const named = modules.every((module) => typeof module === "string");
    return {
        "--additional-python-modules": named ? modules.join(",") : pulumi.output(modules).apply((all) => all.join(",")),
    };
}

/** The modules' wheels, in their order, as paths; none without `wheelsPath`. */
export function wheelsOf(args: ModuleArgs): string[] {
    const { wheelsPath } = args;
    if (wheelsPath === undefined) return [];
    return modulesOf(args).flatMap((module) => wheelOf(module, wheelsPath, pythonOf(args)) ?? []);
}

export function checkModules(args: ModuleArgs, faults: Faults): void {
    const { wheelsPath } = args;
    args.pythonModules?.forEach((module, index) =>
        faults.unlessMatches(
            `pythonModules[${index}]`,
            module,
            /^[A-Za-z0-9][\w.-]*==[\w.!+-]+$/,
            "must be a module with its exact version: pandas==2.2.3",
        ),
    );
    if (wheelsPath === undefined) return;
    const python = pythonOf(args);
    const lacking = modulesOf(args).filter((module) => wheelOf(module, wheelsPath, python) === undefined);
    if (lacking.length > 0) {
        faults.add(
            "wheelsPath",
            `"${wheelsPath}" has no wheel of ${lacking.join(", ")} for Python ${python} on Linux x86_64 (relative to ` +
                `${process.cwd()}): pip download --no-deps --only-binary :all: --python-version ${python} --platform ` +
                `manylinux_2_28_x86_64 --platform manylinux2014_x86_64 --dest ${wheelsPath} ${lacking.join(" ")}`,
        );
    }
}

/** Series of the Python that the job runs on. https://docs.aws.amazon.com/glue/latest/dg/release-notes.html */
function pythonOf({ glueVersion }: ModuleArgs): string {
    return glueVersion === GlueVersion.V6_0 ? "3.13" : "3.11";
}

function wheelOf(module: string, folder: string, python: string): string | undefined {
    const [name = "", version = ""] = module.split("==");
    const start = `${name.replaceAll(/[-_.]+/g, "_").toLowerCase()}-${version}-`;
    const files = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    const found = files.find((file) => file.toLowerCase().startsWith(start) && runsOn(file, Number(python.slice(2))));
    return found === undefined ? undefined : path.join(folder, found);
}

/**
 * Does a wheel run on Python 3.<minor> of Glue's machines, Linux x86_64? One for `abi3` runs on later Pythons as well.
 * https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
 */
function runsOn(file: string, minor: number): boolean {
    const [tag = "", abi = "", platform = ""] = file
        .replace(/\.whl$/, "")
        .split("-")
        .slice(-3);
    if (/^(?:py2\.)?py3$/.test(tag)) return file.endsWith("-none-any.whl");
    const ofPython = abi === "abi3" ? Number(tag.slice(3)) <= minor : tag === `cp3${minor}` && abi === tag;
    return ofPython && /^manylinux\w*x86_64/.test(platform);
}
