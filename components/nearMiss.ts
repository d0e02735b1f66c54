/** What was probably meant: the end of a fault's message. Pure, and silent where there is more than one good guess. */

/**
 * The allowed value that differs least from the one given, when it differs little enough to be a slip.
 * @returns undefined where none is near, or two are equally near
 */
export function nearest(value: string, allowed: readonly string[]): string | undefined {
    const given = value.trim().toLowerCase();
    const ranked = allowed
        .map((candidate) => ({ candidate, distance: editDistance(given, candidate.toLowerCase()) }))
        .sort((a, b) => a.distance - b.distance);
    const [best, second] = ranked;
    const slip = Math.max(1, Math.floor(given.length / 3));
    return best !== undefined && best.distance <= slip && best.distance !== second?.distance
        ? best.candidate
        : undefined;
}

/** Least number of characters to add, drop or change that turns one text into the other. */
export function editDistance(a: string, b: string): number {
    let row = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let line = 1; line <= a.length; line++) {
        const next = [line];
        for (let column = 1; column <= b.length; column++) {
            const change = (row[column - 1] ?? 0) + (a[line - 1] === b[column - 1] ? 0 : 1);
            next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}

/** A name for the catalog: lower case, `_` for whatever it does not take. */
export function asCatalogName(value: string): string {
    return value
        .trim()
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "_")
        .replace(/^[^a-z]+|_+$/g, "");
}

/** A name for a job, crawler or workgroup: `-` for whatever it does not take. */
export function asResourceName(value: string): string {
    return value
        .trim()
        .replace(/[^a-zA-Z0-9._-]+/g, "-")
        .replace(/^-+|-+$/g, "");
}

/** The bucket in an address or an ARN, or a name put in lower case. */
export function asBucketName(value: string): string {
    return value
        .trim()
        .replace(/^(?:s3[an]?:\/\/|arn:[a-z-]+:s3:::)/, "")
        .replace(/\/.*$/, "")
        .toLowerCase()
        .replace(/[^a-z0-9.-]+/g, "-")
        .replace(/^[-.]+|[-.]+$/g, "");
}

/** The prefix with its scheme in front and its slash behind. */
export function asS3Prefix(value: string): string {
    const path = value.trim().replace(/^(?:s3[an]?:\/\/|arn:[a-z-]+:s3:::|\/+)/, "");
    const [bucket = "", ...folders] = path.split(/\/+/).filter((part) => part !== "");
    return `s3://${[asBucketName(bucket), ...folders].join("/")}/`;
}

/** A Unix crontab line, or six fields without their `cron(…)`, as a cron expression of AWS. */
export function asSchedule(value: string): string {
    const fields = value
        .trim()
        .replace(/^cron\((.*)\)$/i, "$1")
        .trim()
        .split(/\s+/);
    const [minute, hour, dayOfMonth = "", month, dayOfWeek = "", year = "*"] = fields;
    // One of the two days has to be ?, and only one of them: the one that says least.
    const days =
        dayOfWeek === "*" || dayOfWeek === "?"
            ? [dayOfMonth === "?" ? "*" : dayOfMonth, month, "?"]
            : ["?", month, fields.length === 5 ? sundayIsOne(dayOfWeek) : dayOfWeek];
    return `cron(${[minute, hour, ...days, year, ...fields.slice(6)].join(" ")})`;
}

/** Days of the week count from 0 in a crontab and from 1 on AWS; Sunday is the first for both. */
function sundayIsOne(dayOfWeek: string): string {
    return dayOfWeek.replace(/(^|[,-])([0-7])(?=[,/-]|$)/g, (_, before: string, day: string) => {
        return `${before}${(Number(day) % 7) + 1}`;
    });
}
