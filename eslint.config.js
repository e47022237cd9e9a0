import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['.build/', '.build-results/', 'dist/', '.data/', 'coverage/', 'shared/contract/generated/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Numbers read well in messages; everything else still needs a conversion that says how.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Type-only imports are erased by Node itself, so they must be marked.
      '@typescript-eslint/consistent-type-imports': 'error',
      // Services are objects of closures; their methods have no `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        ['Buffer', 'URL', 'clearTimeout', 'console', 'module', 'process', 'require', 'setTimeout'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
  {
    files: ['pages/*.js'],
    languageOptions: {
      globals: { SwaggerUIBundle: 'readonly', document: 'readonly', matchMedia: 'readonly' },
    },
  },
);
