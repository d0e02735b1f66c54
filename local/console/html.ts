/** Tables of the status page as HTML; all text is escaped here. */

/** Plain text, or text of a kind. */
export type Cell =
    | string
    | { readonly text: string; readonly tone?: "good" | "bad" | "busy"; readonly problem?: string }
    | { readonly code: string }
    | { readonly number: string | number | undefined }
    | { readonly time: Date | undefined };

export function table(
    title: string,
    columns: readonly string[],
    rows: readonly (readonly Cell[])[],
    empty = "",
): string {
    const heading = `<h2>${escape(title)}</h2>`;
    if (rows.length === 0) return `<section>${heading}<p>${escape(empty)}</p></section>`;
    const numeric = columns.map((_, index) =>
        rows.every((row) => typeof row[index] === "object" && "number" in row[index]),
    );
    const head = columns
        .map((column, index) => `<th scope="col"${numeric[index] ? ' class="number"' : ""}>${escape(column)}</th>`)
        .join("");
    const body = rows.map((row) => `<tr>${row.map(cellOf).join("")}</tr>`).join("\n");
    return `<section>${heading}<div class="scroll" tabindex="0" role="region" aria-label="${escape(title)}"><table><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table></div></section>`;
}

function cellOf(cell: Cell): string {
    if (typeof cell === "string") return `<td>${escape(cell)}</td>`;
    if ("code" in cell) return `<td class="sql"><code title="${escape(cell.code)}">${escape(cell.code)}</code></td>`;
    if ("number" in cell) {
        const shown = typeof cell.number === "number" ? cell.number.toLocaleString("en") : (cell.number ?? "");
        return `<td class="number">${escape(shown)}</td>`;
    }
    if ("time" in cell) return `<td class="time">${cell.time === undefined ? "" : timeOf(cell.time)}</td>`;
    const problem = cell.problem ? `<small>${escape(cell.problem)}</small>` : "";
    return `<td${cell.tone ? ` class="${cell.tone}"` : ""}>${escape(cell.text)}${problem}</td>`;
}

function timeOf(time: Date): string {
    const iso = time.toISOString();
    return `<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}

export function escape(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
