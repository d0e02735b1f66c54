export function loadVega(): Promise<{ vega: typeof import("vega"); vegaLite: typeof import("vega-lite/build/index") }>;
