/** Scripts that complete commands and options in a shell, made from the command line's own tree. */
import type { Command } from "commander";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** @param program the whole command line */
export function completionScript(program: Command, shell: Shell): string {
    if (shell === "fish") return fish(program);
    const script = bash(program);
    // zsh runs bash's completions: https://zsh.sourceforge.io/Doc/Release/Completion-System.html
    return shell === "bash"
        ? script
        : `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${script}`;
}

interface Node {
    /** The words that lead to it, "bookmark show". */
    readonly path: string;
    readonly command: Command;
}

function nodes(command: Command, path = ""): Node[] {
    const below = command.commands.map((each) => nodes(each, `${path} ${each.name()}`.trim()));
    return [{ path, command }, ...below.flat()];
}

/** What may follow the command: its subcommands, the choices of its arguments, its options. */
function wordsOf(command: Command): string[] {
    return [
        ...command.commands.map((each) => each.name()),
        ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
        ...command.options.filter(({ hidden }) => !hidden).map(({ long, short }) => (long ?? short)!),
        "--help",
    ];
}

function bash(program: Command): string {
    const all = nodes(program);
    const name = program.name();
    const paths = all.filter(({ path }) => path !== "").map(({ path }) => `"${path}"`);
    // Not "path", which is PATH in zsh.
    return `# ${name}: eval "$(${name} completion bash)"
_${name}() {
    local at="" next word words=""
    for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        next="\${at:+$at }$word"
        case "$next" in
            ${paths.join(" | ")}) at="$next" ;;
        esac
    done
    case "$at" in
${all.map(({ path, command }) => `        "${path}") words="${wordsOf(command).join(" ")}" ;;`).join("\n")}
    esac
    COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _${name} ${name}
`;
}

function fish(program: Command): string {
    const name = program.name();
    const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
    const seen = (path: string) =>
        path === ""
            ? "__fish_use_subcommand"
            : path
                  .split(" ")
                  .map((word) => `__fish_seen_subcommand_from ${word}`)
                  .join("; and ");
    return [
        `# ${name}: ${name} completion fish | source`,
        ...nodes(program).flatMap(({ path, command }) => [
            ...command.commands.map(
                (each) =>
                    `complete -c ${name} -f -n ${quoted(seen(path))} -a ${each.name()} -d ${quoted(each.description())}`,
            ),
            ...command.registeredArguments
                .flatMap(({ argChoices }) => argChoices ?? [])
                .map((choice) => `complete -c ${name} -f -n ${quoted(seen(path))} -a ${choice}`),
            ...command.options
                .filter(({ hidden, long }) => !hidden && long !== undefined)
                .map(
                    ({ long, description, required, optional }) =>
                        `complete -c ${name} -n ${quoted(seen(path))} -l ${long!.slice(2)}${required || optional ? " -r" : ""} -d ${quoted(description)}`,
                ),
        ]),
        "",
    ].join("\n");
}
