/** Mocha's spec reporter that also writes the counts, for tools/test.mjs to add up: `--reporter-option result=FILE`. */
"use strict";
const fs = require("node:fs");
const { reporters } = require("mocha");

module.exports = class CountingSpec extends reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        runner.once("end", () => {
            const { passes: passed, failures: failed, pending: skipped } = this.stats;
            fs.writeFileSync(options.reporterOptions.result, JSON.stringify({ passed, failed, skipped }));
        });
    }
};
