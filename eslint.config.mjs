import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

/** Node's globals that the plain JavaScript files use; TypeScript checks the others by itself. */
const node = Object.fromEntries(
    [
        ...["process", "console", "Buffer", "URL", "fetch", "AbortController", "AbortSignal"],
        ...["setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate"],
    ].map((name) => [name, "readonly"]),
);

export default tseslint.config(
    { ignores: ["node_modules/", ".lakeworks/"] },
    { linterOptions: { reportUnusedDisableDirectives: "error" } },
    js.configs.recommended,
    { files: ["**/*.mjs"], languageOptions: { globals: node } },
    {
        files: ["**/*.js"],
        languageOptions: {
            sourceType: "commonjs",
            globals: { ...node, __dirname: "readonly", __filename: "readonly" },
        },
    },
    {
        files: ["**/*.ts"],
        extends: [tseslint.configs.recommendedTypeChecked],
        languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
        plugins: { "@pulumi": pulumi },
        rules: {
            eqeqeq: "error",
            "@pulumi/no-output-in-template-literal": "error",
            "@pulumi/no-output-instance-in-template-literal": "error",
            // false, 0 and "" are values of their own: a default replaces only what is missing.
            "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { boolean: true } }],
            "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowNever: true }],
            // An implementation of an asynchronous interface may have nothing to wait for.
            "@typescript-eslint/require-await": "off",
            "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
        },
    },
    {
        files: ["tests/**/*.ts"],
        rules: {
            // What a process, a server or a mock answers is looked into as it comes: the assertion fails where it is not so.
            ...Object.fromEntries(
                ["argument", "assignment", "call", "member-access", "return"].map((use) => [
                    `@typescript-eslint/no-unsafe-${use}`,
                    "off",
                ]),
            ),
        },
    },
);
