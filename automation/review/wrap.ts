/** Lines of at most a width. */

/** Wraps between words, with that many spaces before each line; a longer word, such as a URL, stays whole. Line breaks stay. */
export function wrapped(text: string, width: number, indent: number): string {
    const room = Math.max(width - indent, 20);
    const lines: string[] = [];
    for (const paragraph of text.split("\n")) {
        let line = "";
        for (const word of paragraph.split(" ")) {
            if (line !== "" && line.length + 1 + word.length > room) {
                lines.push(line);
                line = word;
            } else {
                line = line === "" ? word : `${line} ${word}`;
            }
        }
        lines.push(line);
    }
    return lines.map((line) => `${" ".repeat(indent)}${line}`).join("\n");
}
