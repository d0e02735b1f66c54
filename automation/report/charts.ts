/** Charts of the report, drawn by Vega as SVG, so that the report carries no script. */
import type { TopLevelSpec } from "vega-lite/build/index";
import { bytes } from "../format";
import type { QueryAnswer } from "../questions";
import type { Chart } from "./document";
import { loadVega } from "./vega";

const width = 640;
const height = 220;
const barHeight = 24;

/** The chart that the query's front matter asks for; none where it asks for none, or there is less than two rows to compare. */
export function answerChart({ query, columns, rows }: QueryAnswer): Chart | undefined {
    const { chart } = query;
    if (chart === undefined || rows.length < 2) return undefined;
    const { kind, x, y, series } = chart;
    const at = (name: string) => columns.findIndex(({ title }) => title === name);
    const values = rows.map((row) => ({
        x: row[at(x)],
        y: row[at(y)] === null ? null : Number(row[at(y)]),
        ...(series === undefined ? {} : { series: row[at(series)] }),
    }));
    const amount = { field: "y", type: "quantitative", title: words(y), axis: { format: "~s" } } as const;
    const colour =
        series === undefined ? {} : { color: { field: "series", type: "nominal", title: words(series) } as const };
    const overTime = ["date", "timestamp"].includes(columns[at(x)]?.type ?? "");
    const along = { field: "x", type: overTime ? "temporal" : "ordinal", sort: null, title: null } as const;
    const drawn: Record<typeof kind, object> = {
        bar: overTime
            ? { height, mark: { type: "bar", ...one(series) }, encoding: { x: along, y: amount, ...colour } }
            : {
                  height: { step: barHeight },
                  mark: { type: "bar", ...one(series) },
                  encoding: { y: { ...along, type: "nominal" }, x: amount, ...colour },
              },
        line: {
            height,
            mark: { type: "line", point: values.length < 40, ...one(series) },
            encoding: { x: along, y: amount, ...colour },
        },
        area: {
            height,
            mark: { type: "area", line: series === undefined ? { color: mark } : true, opacity: 0.25, ...one(series) },
            encoding: { x: along, y: amount, ...colour },
        },
    };
    const spec = { ...frame, data: { values }, width, ...drawn[kind] } as TopLevelSpec;
    const by = series === undefined ? words(x) : `${words(x)}, for each ${words(series)}`;
    const shape = { bar: "Bar", line: "Line", area: "Area" }[kind];
    return { kind: "chart", about: `${shape} chart of ${words(y)} by ${by}: the table below in one picture`, spec };
}

/** The colour of a chart that has one series; several get colours of their own. */
function one(series: string | undefined): { color?: string } {
    return series === undefined ? { color: mark } : {};
}

function words(column: string): string {
    return column.replaceAll("_", " ");
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
        legend: { labelColor: "currentColor", titleColor: "currentColor", titleFontWeight: "normal" },
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
