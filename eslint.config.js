import { createNodeResolver, importX } from "eslint-plugin-import-x";
import globals from "globals";

/* A lower room never imports a higher one: language and data know no DOM, and everything may ask them. */
const ROOMS = ["language", "data", "map", "chart", "page"];
const walls = ROOMS.slice(2).map((room, at) => ({
  target: ROOMS.slice(0, at + 2).map((lower) => `./geo/view/web/${lower}`),
  from: `./geo/view/web/${room}`,
}));

export default [
  { ignores: ["geo/view/web/bundle/"] },
  {
    files: ["**/*.js", "**/*.mjs"],
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createNodeResolver()] },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    rules: {
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { zones: walls }],
      "import-x/no-unresolved": ["error", { ignore: ["^node:"] }],
      "import-x/named": "error",
      "import-x/no-duplicates": "error",
      "import-x/no-mutable-exports": "error",
      "import-x/no-default-export": "off",
      "max-lines": ["error", 400],
      "array-callback-return": "error",
      "eqeqeq": "error",
      "no-constant-condition": "error",
      "no-dupe-keys": "error",
      "no-eval": "error",
      "no-fallthrough": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-redeclare": "error",
      "no-self-assign": "error",
      "no-shadow": "error",
      "no-undef": "error",
      "no-unreachable": "error",
      "no-unused-vars": ["error", { args: "after-used", caughtErrors: "all" }],
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
    },
  },
  // What these two may use is in every engine: they are tested by node alone.
  { files: ["geo/view/web/{data,language}/**/*.js"], languageOptions: { globals: globals["shared-node-browser"] } },
  { files: ["geo/view/web/{map,chart,page}/**/*.js"], languageOptions: { globals: { ...globals.browser, L: "readonly" } } },
  { files: ["tools/**/*.js", "tests/**/*.mjs", "eslint.config.js"], languageOptions: { globals: globals.node } },
];
