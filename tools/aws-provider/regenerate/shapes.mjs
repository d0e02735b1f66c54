/**
 * shapes.mjs PACKAGE: reads the declarations of npm @pulumi/aws in the folder PACKAGE and prints as JSON, by Pulumi
 * token, the property shapes of a resource's inputs and state, or of a function's inputs and result.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import ts from "typescript";

const root = process.argv[2];
const parse = (file) => ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);

/** Members of the nested types: "inputs.s3.BucketLifecycleRule" and the like. */
const nested = new Map();
for (const kind of ["input", "output"]) {
    const collect = (node, prefix) =>
        ts.forEachChild(node, (child) => {
            if (ts.isModuleDeclaration(child)) {
                collect(child.body, `${prefix}.${child.name.text}`);
            } else if (ts.isInterfaceDeclaration(child)) {
                nested.set(`${prefix}.${child.name.text}`, child.members);
            }
        });
    collect(parse(path.join(root, "types", `${kind}.d.ts`)), `${kind}s`);
}

const keywords = new Map([
    [ts.SyntaxKind.StringKeyword, "string"],
    [ts.SyntaxKind.NumberKeyword, "number"],
    [ts.SyntaxKind.BooleanKeyword, "boolean"],
    [ts.SyntaxKind.AnyKeyword, "any"],
]);

/** @param seen the nested types around this one: a type that holds itself is told by name. */
function shapeOf(type, seen) {
    if (ts.isParenthesizedTypeNode(type)) {
        return shapeOf(type.type, seen);
    }
    if (ts.isUnionTypeNode(type)) {
        return unionOf(
            type.types.filter((part) => part.kind !== ts.SyntaxKind.UndefinedKeyword),
            seen,
        );
    }
    if (ts.isArrayTypeNode(type)) {
        return { list: shapeOf(type.elementType, seen) };
    }
    if (ts.isTypeLiteralNode(type)) {
        return { map: shapeOf(type.members[0].type, seen) };
    }
    if (ts.isTypeReferenceNode(type)) {
        return referenceOf(type, seen);
    }
    const keyword = keywords.get(type.kind);
    if (keyword === undefined) {
        throw new Error(`shapes.mjs does not know the type ${type.getText()}.`);
    }
    return keyword;
}

function unionOf(parts, seen) {
    if (parts.length === 1) {
        return shapeOf(parts[0], seen);
    }
    // A string or a policy object.
    if (parts.some((part) => part.getText().endsWith("PolicyDocument"))) {
        return "json";
    }
    const shapes = parts.map((part) => shapeOf(part, seen));
    return ["string", "asset"].find((one) => shapes.includes(one)) ?? shapes.find((one) => one !== "ref") ?? "string";
}

function referenceOf(type, seen) {
    const name = type.typeName.getText();
    if (name === "pulumi.Input" || name === "pulumi.Output") {
        return shapeOf(type.typeArguments[0], seen);
    }
    if (name.startsWith("pulumi.asset.")) {
        return "asset";
    }
    if (nested.has(name)) {
        return { object: seen.includes(name) ? `recursive:${name}` : membersOf(nested.get(name), [...seen, name]) };
    }
    return name.startsWith("enums.") || name.includes("ARN") ? "string" : "ref";
}

function membersOf(members, seen = []) {
    return Object.fromEntries(
        members.filter(ts.isPropertySignature).map((member) => [
            member.name.text,
            {
                opt: member.questionToken !== undefined || / undefined\b/.test(member.type.getText()),
                type: shapeOf(member.type, seen),
            },
        ]),
    );
}

/** The members of the one interface of a file whose name ends so. */
function interfaceOf(file, suffix) {
    let members = [];
    ts.forEachChild(parse(file), (child) => {
        const name = ts.isInterfaceDeclaration(child) ? child.name.text : "";
        if (members.length === 0 && name.endsWith(suffix) && !name.endsWith("OutputArgs")) {
            members = child.members;
        }
    });
    return membersOf(members);
}

const shapes = { resources: {}, functions: {} };
const left = new Set(["types", "config", "node_modules"]);
const files = fs
    .readdirSync(root, { recursive: true })
    .filter((name) => name.endsWith(".d.ts") && !left.has(name.split(path.sep)[0]))
    .map((name) => path.join(root, name));
for (const file of files) {
    const code = fs.readFileSync(file.replace(/\.d\.ts$/, ".js"), "utf8");
    const resource = /__pulumiType = '([^']+)'/.exec(code)?.[1];
    const invoked = /runtime\.invoke\("([^"]+)"/.exec(code)?.[1];
    if (path.relative(root, file) === "provider.d.ts") {
        shapes.provider = { inputs: interfaceOf(file, "Args") };
    } else if (resource !== undefined) {
        shapes.resources[resource] = { inputs: interfaceOf(file, "Args"), state: interfaceOf(file, "State") };
    } else if (invoked !== undefined) {
        shapes.functions[invoked] = { inputs: interfaceOf(file, "Args"), result: interfaceOf(file, "Result") };
    }
}
console.log(JSON.stringify(shapes));
