/**
 * What the project is made of. `node tools/packages/index.mjs licences` checks licences and no more, without a network.
 * `npm run audit:packages [-- --require-registry]` also writes the bill of materials (reports/sbom.cdx.json: CycloneDX, of npm,
 * PyPI and Maven) and asks npm's registry for known faults. A registry that takes no such questions is told of, and a fault with
 * --require-registry.
 */
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { root, stateDir } from "../lib/paths.mjs";
import { orExplain, setUp } from "../lib/setup.mjs";
import { licenceFaults } from "./licences.mjs";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

await orExplain(async () => {
    const bill = npmBill();
    const faults = licenceFaults(bill.components);
    console.log(
        `${bill.components.length} npm packages are shipped: ${faults.length} with a licence that is not allowed`,
    );
    if (!process.argv.includes("licences")) {
        await setUp();
        writeBill(bill);
        faults.push(...knownFaults());
    }
    faults.forEach((fault) => console.log(`✗ ${fault}`));
    process.exitCode = faults.length === 0 ? 0 : 1;
});

/** Of what package-lock.json has for production. */
function npmBill() {
    const args = ["sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--package-lock-only"];
    return JSON.parse(execFileSync(npm, args, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 ** 2 }));
}

function writeBill(bill) {
    const toolchain = JSON.parse(fs.readFileSync(path.join(stateDir, "toolchain.json"), "utf8"));
    const folders = [toolchain.sparkJars, toolchain.icebergJars, toolchain.trinoJars];
    const args = [path.join(root, "tools/packages/inventory.py"), ...folders];
    const { python, maven } = JSON.parse(
        execFileSync(toolchain.python, args, { encoding: "utf8", maxBuffer: 64 * 1024 ** 2 }),
    );
    const file = path.join(root, "reports/sbom.cdx.json");
    fs.mkdirSync(path.dirname(file), { recursive: true });
    // The program's own name: npm takes the folder's.
    const metadata = { ...bill.metadata, component: { ...bill.metadata.component, name: "lakeworks" } };
    const components = [...bill.components, ...python, ...maven];
    fs.writeFileSync(file, `${JSON.stringify({ ...bill, metadata, components }, undefined, 2)}\n`);
    const counts = `${bill.components.length} of npm, ${python.length} of PyPI, ${maven.length} jars`;
    console.log(`reports/sbom.cdx.json: ${counts}`);
}

/** High and critical faults of shipped packages that npm's registry knows. */
function knownFaults() {
    const { stdout } = spawnSync(npm, ["audit", "--omit=dev", "--json"], { cwd: root, encoding: "utf8" });
    const answer = JSON.parse(stdout || "{}");
    if (answer.vulnerabilities === undefined) {
        const why = `the registry was not asked for known faults: ${answer.message ?? "npm audit gave no answer"}`;
        console.log(why);
        return process.argv.includes("--require-registry") ? [why] : [];
    }
    const severe = Object.values(answer.vulnerabilities).filter(({ severity }) =>
        ["high", "critical"].includes(severity),
    );
    console.log(
        `npm audit: ${Object.keys(answer.vulnerabilities).length} packages with known faults, ${severe.length} of them severe`,
    );
    return severe.map(({ name, severity, range }) => `${name} ${range}: ${severity}; see npm audit --omit=dev`);
}
