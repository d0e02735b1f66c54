/**
 * Python modules that Glue installs before a run, beside those that it has.
 * https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-python-libraries.html
 */

/** What Lakeworks' own package imports. Exact versions: what ran yesterday runs today. */
export const libraryModules = ["duckdb==2.0.1", "sqlglot==30.30.0", "zstandard==0.25.0"];

/** The job's argument; a script of yours brings modules of yours. */
export function modulesArgument(given: {
    readonly scriptPath?: string;
    readonly pythonModules?: string[];
}): Record<string, string> {
    const modules = given.pythonModules ?? (given.scriptPath === undefined ? libraryModules : []);
    return modules.length === 0 ? {} : { "--additional-python-modules": modules.join(",") };
}
