import neostandard from 'neostandard'

export default [
  ...neostandard({ ts: true, ignores: ['dist', '.tap', 'bench/.peers'] }),
  // A TypeBox schema and its type share a name; TypeScript itself reports what is declared twice.
  { files: ['**/*.ts'], rules: { '@typescript-eslint/no-redeclare': 'off' } }
]
