#!/usr/bin/env node
"use strict";
// The command line is TypeScript, run as it stands: type-checking is the test command's work, not the user's wait.
const fs = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "../..");
const missing = [
    path.join(root, "node_modules", "ts-node", "package.json"),
    path.join(root, ".lakeworks", "toolchain.json"),
].find((file) => !fs.existsSync(file));
if (missing) {
    console.error(`Lakeworks is not set up: ${path.relative(root, missing)} is missing in ${root}.`);
    console.error('Run "npm run setup" there once, or "npm start", which sets up and then runs the pipeline.');
    process.exit(1);
}

// The SDK's advice to its own developers would stand in the middle of the answers; package.json says which Node works.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
require("ts-node").register({ transpileOnly: true, project: path.join(root, "tsconfig.json") });
require("../cli.ts").main(process.argv);
