/** Patterns of grok as regular expressions. */
import assert from "node:assert/strict";
import { grok, GrokError } from "../../local/grok";
import { grokPatterns } from "../../local/grok/patterns";

/** What the first column of a pattern holds; undefined where it does not match. */
function first(pattern: string, line: string): string | undefined {
    return grok(pattern).expression.exec(line)?.[1];
}

describe("grok", () => {
    it("has no built-in pattern that is no expression, or asks for one that is not there", () => {
        for (const name of Object.keys(grokPatterns)) assert.doesNotThrow(() => grok(`%{${name}:it}`), name);
    });

    for (const [name, line, found] of [
        ["QUOTEDSTRING", String.raw`say "it \"is\"" now`, String.raw`"it \"is\""`],
        ["QUOTEDSTRING", "say '' now", "''"],
        ["QS", "say `it` now", "`it`"],
        ["UNIXPATH", "at /var/log/a.log now", "/var/log/a.log"],
        ["WINPATH", String.raw`at C:\a\b`, String.raw`C:\a\b`],
        ["URI", "at https://me:pw@host.io:8080/a/b?c=d now", "https://me:pw@host.io:8080/a/b?c=d"],
        ["NUMBER", "took -3.50 s", "-3.50"],
        ["BOOLEAN", "is tRue", "tRue"],
        ["LOGLEVEL", "[Warning] x", "Warning"],
        ["UUID", "id 123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000"],
        ["MAC", "from 00:1B:44:11:3A:B7", "00:1B:44:11:3A:B7"],
        ["TIMESTAMP_ISO8601", "2024-02-29T23:59:59.5+01:00 x", "2024-02-29T23:59:59.5+01:00"],
        ["HTTPDATE", "[10/Oct/2000:13:55:36 -0700]", "10/Oct/2000:13:55:36 -0700"],
        ["DATESTAMP_RFC2822", "Mon, 05 Feb 2024 10:00:00 +0100", "Mon, 05 Feb 2024 10:00:00 +0100"],
        ["IPV4", "to 300.1.1.1 or 10.0.0.255", "10.0.0.255"],
    ] as const) {
        it(`finds ${name} in ${line}`, () => assert.equal(first(`%{${name}:it}`, line), found));
    }

    it("gives up on a long line without an end as fast as on a short one", () => {
        assert.equal(first("^%{QUOTEDSTRING:it}$", `"${"a".repeat(100_000)}`), undefined);
        assert.equal(first("^%{UNIXPATH:it}$", `${"/a".repeat(50_000)} `), undefined);
    });

    it("takes names and types as they are written, each name once", () => {
        const { columns } = grok("%{INT:N:long} (?<rest>[(](a|b)) %{WORD:n} %{SYSLOGPROG}");
        assert.deepEqual(
            [...columns],
            [
                ["n", "bigint"],
                ["rest", "string"],
                ["program", "string"],
                ["pid", "string"],
            ],
        );
    });

    it("says what is wrong", () => {
        for (const [pattern, custom, reason] of [
            ["%{WORT:w}", "", /unknown pattern WORT/],
            ["%{WORD:w:money}", "", /unknown type money/],
            ["%{WORD}", "", /names no field/],
            ["(%{WORD:w}", "", /no regular expression/],
            ["%{A:a}", "A %{B}\nB %{A}", /refers to itself/],
            ["%{A:a}", "A", /"A" of CustomPatterns is not a name and a pattern/],
            ["%{constructor:a}", "", /unknown pattern constructor/],
        ] as const) {
            assert.throws(
                () => grok(pattern, custom),
                (error: Error) => error instanceof GrokError && reason.test(error.message),
            );
        }
    });
});
