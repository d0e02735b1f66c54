/** `npm run setup`: makes every tool ready that `npm start` and `npm test` need. They run it themselves. */
import { orExplain, setUp } from "./lib/setup.mjs";

await orExplain(async () => {
    if (!(await setUp())) {
        process.stderr.write("Every tool is ready.\n");
    }
});
