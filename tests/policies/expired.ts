/** The configuration of an exception that is over, and what it adds to a message. */
export function expired(name: string): object {
    return { exceptions: [{ name, reason: "until the migration", until: "2020-01-31" }] };
}

export const ended = ' Its exception ("until the migration") ended on 2020-01-31.';
