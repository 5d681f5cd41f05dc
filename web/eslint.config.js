import pluginVue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['dist/**', '.frame/**', 'node_modules/**', 'test-results/**', 'src/api/schema.d.ts'] },
  ...tseslint.configs.recommended,
  ...pluginVue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'max-lines': ['error', 250],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/no-v-html': 'error',
      'vue/no-undef-components': ['error', { ignorePatterns: ['^El[A-Z]', '^Router(Link|View)$'] }],
      'vue/no-bare-strings-in-template': [
        'error',
        {
          allowlist: [
            '·',
            '/',
            '—',
            '–',
            '…',
            ':',
            '%',
            '(',
            ')',
            '×',
            '*',
            '+',
            '-',
            ',',
            'Ctrl',
            'K',
            'Esc',
          ],
        },
      ],
      'vue/require-default-prop': 'off',
      'vue/multi-word-component-names': 'off',
      // layout is prettier's
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
    },
  },
  { files: ['src/dev/**'], rules: { 'vue/no-bare-strings-in-template': 'off' } },
  { rules: { 'no-console': 'error', 'no-eval': 'error', 'no-new-func': 'error' } },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
)
