/** The page of a component: what it is and enforces, an example that runs, its arguments, outputs and their types. */
import { defaultFor, type Analysis, type Component, type Property, type TypeDefinition } from "./analysis";

const note = (file: string) => `<!-- Made by "npm run docs" from components/${file}: edit that. -->`;

/** @param example the text of the component's example */
export function componentPage(analysis: Analysis, component: Component, example: string): string {
    const { name, description = "", inputs, outputs } = component;
    const types = typesOf(analysis, [...Object.values(inputs), ...Object.values(outputs)]);
    return [
        note(analysis.declarations.get(name)?.file ?? ""),
        `# ${name}`,
        description,
        "## Example",
        `\`\`\`ts\n${example.trim()}\n\`\`\``,
        "## Arguments",
        inputTable(analysis, "argument", `${name}Args`, inputs),
        "## Outputs",
        table(
            ["output", "type", "what it is"],
            Object.entries(outputs).map(([output, property]) => [
                `\`${output}\``,
                typeLink(property, false),
                oneLine(property.description),
            ]),
        ),
        ...(types.length > 0 ? ["## Types"] : []),
        ...types.flatMap((type) => typeSection(analysis, type)),
    ].join("\n\n");
}

/** All components, each by the first sentence of its description. */
export function indexPage(analysis: Analysis): string {
    const rows = analysis.components.map(({ name, description = "" }) => [
        `[${name}](${name}.md)`,
        /^.*?\.(?=\s|$)/s.exec(oneLine(description))?.[0] ?? "",
    ]);
    return [
        note("index.ts"),
        "# Components",
        "How to install them, a whole program, and their use from other languages: [components/README.md](../../components/README.md).",
        table(["component", "what it is"], rows),
    ].join("\n\n");
}

/** The types that properties refer to, and those that these refer to, in that order. */
function typesOf(analysis: Analysis, properties: Property[], seen = new Set<string>()): TypeDefinition[] {
    return properties.flatMap((property) => {
        const name = referred(property);
        const type = name === undefined || seen.has(name) ? undefined : analysis.types[name];
        if (type === undefined) return [];
        seen.add(type.name);
        return [type, ...typesOf(analysis, Object.values(type.properties ?? {}), seen)];
    });
}

function typeSection(analysis: Analysis, type: TypeDefinition): string[] {
    const description = analysis.declarations.get(type.name)?.description ?? "";
    const body =
        type.enum === undefined
            ? inputTable(analysis, "field", type.name, type.properties ?? {})
            : table(
                  ["constant", "value", "meaning"],
                  type.enum.map((member) => [
                      `\`${type.name}.${member.name}\``,
                      `\`${JSON.stringify(member.value)}\``,
                      oneLine(member.description),
                  ]),
              );
    return [`### ${type.name}`, description, body];
}

function inputTable(
    analysis: Analysis,
    kind: "argument" | "field",
    type: string,
    properties: Record<string, Property>,
): string {
    const rows = Object.entries(properties).map(([name, property]) => {
        const fallback = defaultFor(analysis, type, name);
        if (property.optional === true && fallback === undefined) {
            throw new Error(`${type}.${name} is optional: say what happens without it by @default`);
        }
        return [
            `\`${name}\``,
            typeLink(property, true),
            property.optional === true ? oneLine(fallback) : "**needed**",
            oneLine(property.description),
        ];
    });
    return table([kind, "type", "default", "what it is"], rows);
}

/** The name of the type of ours that a property is made of. */
function referred(property: Property): string | undefined {
    if ("$ref" in property) return /^#\/types\/\w+:index:(\w+)$/.exec(property.$ref)?.[1];
    const inner = property.items ?? property.additionalProperties;
    return inner === undefined ? undefined : referred(inner);
}

/** @param input whether values that are not known yet may be given, and are then told apart */
function typeLink(property: Property, input: boolean): string {
    const code = `\`${typeText(property, input)}\``;
    const name = referred(property);
    return name === undefined ? code : `[${code}](#${name.toLowerCase()})`;
}

function typeText(property: Property, input: boolean): string {
    const inner = innerText(property, input);
    return input && property.plain !== true ? `Input<${inner}>` : inner;
}

function innerText(property: Property, input: boolean): string {
    if ("$ref" in property) return referred(property) ?? property.$ref.replace("pulumi.json#/", "").toLowerCase();
    if (property.items !== undefined) return `${typeText(property.items, input)}[]`;
    if (property.additionalProperties !== undefined) {
        return `{ [name]: ${typeText(property.additionalProperties, input)} }`;
    }
    return property.type;
}

/** A comment on one line. */
function oneLine(text = ""): string {
    return text.replace(/\s+/g, " ").trim();
}

function table(head: string[], rows: string[][]): string {
    const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
