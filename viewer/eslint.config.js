import tseslint from "typescript-eslint";

/** The rooms of the viewer and what each may not import (DESIGN, section 2). */
const walls = {
  data: ["scene", "ui", "state"],
  scene: ["ui", "state"],
  state: ["scene", "ui"],
  ui: ["scene", "data"],
};

export default tseslint.config(
  { ignores: ["node_modules", "eslint.config.js"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
    },
  },
  ...Object.entries(walls).map(([room, others]) => ({
    files: [`src/${room}/**`],
    rules: {
      "no-restricted-imports": ["error", { patterns: others.map((other) => ({ group: [`**/${other}/*`] })) }],
    },
  })),
);
