/** Charts of the report, drawn by Vega as SVG, so that the report carries no script. */
import type { TopLevelSpec } from "vega-lite/build/index";
import { bytes } from "../format";
import type { QueryAnswer } from "../questions";
import type { Chart } from "./document";
import { loadVega } from "./vega";

const width = 640;
const barHeight = 24;

/**
 * A chart of an answer: its first column against its first money column, or first number; a line over dates, bars
 * over anything else. Undefined for an answer that has no such shape, or fewer than two rows.
 */
export function answerChart(answer: QueryAnswer): Chart | undefined {
    const [label, ...others] = answer.columns;
    const measure = others.find((column) => column.type === "decimal") ?? others.find((column) => column.numeric);
    if (!label || label.numeric || !measure || answer.rows.length < 2) return undefined;
    const at = answer.columns.indexOf(measure);
    const values = answer.rows.map((row) => ({ label: row[0], value: Number(row[at]) }));
    const overTime = label.type === "date" || label.type === "timestamp";
    const name = measure.title.replaceAll("_", " ");
    const amount = {
        field: "value",
        type: "quantitative",
        title: name,
        axis: { format: "~s" },
    } as const;
    const spec: TopLevelSpec = {
        ...frame,
        data: { values },
        width,
        ...(overTime
            ? {
                  height: 220,
                  mark: { type: "area", line: { color: mark }, color: mark, opacity: 0.25 },
                  encoding: { x: { field: "label", type: "temporal", title: null }, y: amount },
              }
            : {
                  height: { step: barHeight },
                  mark: { type: "bar", color: mark },
                  encoding: { y: { field: "label", type: "nominal", sort: null, title: null }, x: amount },
              }),
    };
    const about = `${overTime ? "Area" : "Bar"} chart of ${name} by ${label.title.replaceAll("_", " ")}: the table below in one picture`;
    return { kind: "chart", about, spec };
}

/** Bytes scanned by each query beside the raw data's, on a logarithmic axis: the ratios are large. */
export function scanChart(rows: readonly { name: string; bytes: number }[]): Chart {
    const spec: TopLevelSpec = {
        ...frame,
        data: { values: rows.map((row) => ({ label: row.name, value: row.bytes / 1024 })) },
        width,
        height: { step: barHeight },
        mark: { type: "bar", color: mark },
        encoding: {
            y: { field: "label", type: "nominal", sort: null, title: null },
            x: {
                field: "value",
                type: "quantitative",
                title: "KB scanned",
                scale: { type: "log", domainMin: 1, clamp: true },
            },
        },
    };
    const [most, least] = [rows.at(-1)!, rows.reduce((one, other) => (other.bytes < one.bytes ? other : one))];
    const about = `Bar chart of bytes scanned, logarithmic: ${bytes(least.bytes)} for ${least.name}, ${bytes(most.bytes)} for ${most.name}`;
    return { kind: "chart", about, spec };
}

const mark = "#3b82c4";

/** Text and lines take the page's colour, so that one drawing serves light, dark and paper. */
const frame: Pick<TopLevelSpec, "background" | "config" | "padding"> = {
    background: "transparent",
    padding: 2,
    config: {
        font: "system-ui, sans-serif",
        view: { stroke: null },
        axis: {
            labelColor: "currentColor",
            titleColor: "currentColor",
            gridColor: "currentColor",
            gridOpacity: 0.12,
            domainColor: "currentColor",
            tickColor: "currentColor",
            labelFontSize: 12,
            labelLimit: 260,
            titleFontSize: 12,
            titleFontWeight: "normal",
        },
    },
};

/** @returns SVG text */
export async function draw(spec: TopLevelSpec): Promise<string> {
    const { vega, vegaLite } = await loadVega();
    const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: "none", logLevel: vega.None });
    const svg = await view.toSVG();
    view.finalize();
    return svg;
}
