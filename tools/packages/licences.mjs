/** Licences of the packages that an installation of the product has: each is on the list, or an exception with a reason. */
import * as fs from "node:fs";

const rules = JSON.parse(fs.readFileSync(new URL("licences.json", import.meta.url), "utf8"));

/**
 * What is wrong with the licences of a bill of materials (CycloneDX), a line each.
 * @param only `allowed` SPDX identifiers, and `exceptions`: names of packages with the reason.
 */
export function licenceFaults(components, { allowed, exceptions } = rules) {
    const faults = components
        .filter(({ group, name, licenses }) => !isAllowed(licenses, allowed) && !(fullName(group, name) in exceptions))
        .map(
            ({ group, name, version, licenses }) =>
                `${fullName(group, name)}@${version}: ${expressionOf(licenses) ?? "no licence given"} is not on the list of tools/packages/licences.json`,
        );
    const names = new Set(components.map(({ group, name }) => fullName(group, name)));
    const stale = Object.keys(exceptions).filter((name) => !names.has(name));
    return [
        ...faults,
        ...stale.map((name) => `${name}: an exception for a package that is not there any more: drop it`),
    ];
}

function fullName(group, name) {
    return group ? `${group}/${name}` : name;
}

function expressionOf(licenses) {
    return licenses?.map(({ license, expression }) => expression ?? license.id ?? license.name).join(" AND ");
}

/** Of an SPDX expression without nested parentheses: one of its alternatives has to be allowed whole. */
function isAllowed(licenses, allowed) {
    const expression = expressionOf(licenses)?.replace(/^\((.*)\)$/, "$1");
    return expression?.split(" OR ").some((each) => each.split(" AND ").every((id) => allowed.includes(id))) ?? false;
}
