/**
 * Mocha's spec reporter that also writes the counts and what failed, for tools/test.mjs to add up and to tell at the end:
 * `--reporter-option result=FILE`.
 */
"use strict";
const fs = require("node:fs");
const { reporters } = require("mocha");

module.exports = class CountingSpec extends reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        const failures = [];
        runner.on("fail", (test, error) => {
            failures.push({ title: test.fullTitle(), message: String(error?.message ?? error) });
        });
        runner.once("end", () => {
            const { passes: passed, failures: failed, pending: skipped } = this.stats;
            fs.writeFileSync(options.reporterOptions.result, JSON.stringify({ passed, failed, skipped, failures }));
        });
    }
};
