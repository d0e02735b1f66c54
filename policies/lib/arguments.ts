/** What the names of a job's arguments tell of what they are about. */

/** `--outputFormat` and `--OUTPUT-FORMAT` → `output_format`. */
export function wordsOf(argument: string): string {
    return argument
        .replace(/^--/, "")
        .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replaceAll("-", "_")
        .toLowerCase();
}

/** Is it about what the job reads? */
export function isOfInput(argument: string): boolean {
    return /(^|_)(in|input|inputs|source|sources|src|raw|bronze|landing|read|reader|lookup|contract|config)(_|$)/.test(
        wordsOf(argument),
    );
}

/** Is it one of those that Glue itself takes? https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html */
export function isOfGlue(argument: string): boolean {
    return /^--(TempDir|job-language|job-bookmark-|enable-|continuous-log|custom-log|conf$|extra-|additional-python|class$|scriptLocation|spark-event-logs|user-jars|python-modules|datalake-formats|JOB_NAME)/.test(
        argument,
    );
}
