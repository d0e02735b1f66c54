import { packing } from "../tools/lib/packing.mjs";

packing(import.meta.dirname, {
    // Plain JavaScript, which the compiler would change: grammars.js says why.
    copies: { "policies/lib/sql/grammars.js": "dist/lib/sql/grammars.js" },
});
