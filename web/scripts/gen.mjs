// Writes src/api/schema.d.ts from openapi.json, which `gewu openapi` prints. An up-to-date file is kept.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const web = dirname(dirname(fileURLToPath(import.meta.url)))
const source = join(web, 'openapi.json')
const out = join(web, 'src/api/schema.d.ts')

if (!existsSync(source)) {
  console.error('web/openapi.json is missing. Write it with: gewu openapi > web/openapi.json')
  process.exit(1)
}
if (!existsSync(out) || statSync(out).mtimeMs < statSync(source).mtimeMs) {
  const ast = await openapiTS(JSON.parse(readFileSync(source, 'utf8')), { alphabetize: true })
  writeFileSync(out, `// Generated from openapi.json by npm run gen. Never edited.\n${astToString(ast)}`)
  console.log('src/api/schema.d.ts written')
}
