/** What the pages are made from: the schema that Pulumi infers from the components, and what it leaves out of their comments. */
import * as fs from "node:fs";
import * as path from "node:path";
import { ComponentResource } from "@pulumi/pulumi";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import ts from "typescript";
import * as exported from "../../components";
import { projectRoot } from "../toolchain";

export const componentsFolder = path.join(projectRoot, "components");

type Schema = ReturnType<Analyzer["analyze"]>;
export type Component = Schema["components"][string];
export type TypeDefinition = Schema["typeDefinitions"][string];
export type Property = Component["inputs"][string];

/** An interface, a class or a constant: where it is and what its comments say. */
export interface Declaration {
    /** File below components/. */
    readonly file: string;
    readonly description: string;
    /** The `@default` of its members, by name. */
    readonly defaults: ReadonlyMap<string, string>;
    /** Interfaces that it extends. */
    readonly bases: readonly string[];
}

export interface Analysis {
    readonly components: readonly Component[];
    /** Interfaces and enumerations that arguments and outputs refer to, by name. */
    readonly types: Readonly<Record<string, TypeDefinition>>;
    readonly declarations: ReadonlyMap<string, Declaration>;
}

/** Names of all components that components/index.ts exports. */
export function componentNames(): string[] {
    return Object.entries(exported)
        .filter(([, value]) => typeof value === "function" && value.prototype instanceof ComponentResource)
        .map(([name]) => name)
        .sort();
}

export function analyze(): Analysis {
    const names = componentNames();
    const analyzer = new Analyzer(componentsFolder, "lakeworks", { name: "lakeworks" }, new Set(names));
    const { components, typeDefinitions } = analyzer.analyze();
    return {
        components: names.map((name) => components[name]!),
        types: typeDefinitions,
        declarations: new Map(sources().flatMap(declarationsOf)),
    };
}

function sources(): ts.SourceFile[] {
    return fs
        .readdirSync(componentsFolder)
        .filter((file) => file.endsWith(".ts"))
        .map((file) => {
            const text = fs.readFileSync(path.join(componentsFolder, file), "utf8");
            return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
        });
}

function declarationsOf(source: ts.SourceFile): [name: string, Declaration][] {
    return source.statements.flatMap((statement): [string, Declaration][] => {
        if ((ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) {
            const bases = (statement.heritageClauses ?? []).flatMap((clause) =>
                clause.types.map((base) => base.expression.getText()),
            );
            const defaults = new Map([...statement.members].flatMap((member) => defaultOf(member)));
            return [[statement.name.text, { ...placeOf(statement), defaults, bases }]];
        }
        if (ts.isVariableStatement(statement)) {
            return statement.declarationList.declarations.map((declaration) => [
                declaration.name.getText(),
                { ...placeOf(statement), defaults: new Map(), bases: [] },
            ]);
        }
        return [];
    });
}

function placeOf(statement: ts.Statement): Pick<Declaration, "file" | "description"> {
    const comments = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
    const description = comments.map((each) => ts.getTextOfJSDocComment(each.comment) ?? "").join("\n");
    return { file: statement.getSourceFile().fileName, description };
}

function defaultOf(member: ts.TypeElement | ts.ClassElement): [string, string][] {
    return ts
        .getJSDocTags(member)
        .filter((tag) => tag.tagName.text === "default")
        .map((tag) => [member.name?.getText() ?? "", (ts.getTextOfJSDocComment(tag.comment) ?? "").trim()]);
}

/** The `@default` of an interface's member, its own or inherited. */
export function defaultFor(analysis: Analysis, type: string, member: string): string | undefined {
    const declaration = analysis.declarations.get(type);
    return (
        declaration?.defaults.get(member) ??
        declaration?.bases.map((base) => defaultFor(analysis, base, member)).find((found) => found !== undefined)
    );
}
