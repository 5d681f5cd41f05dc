// Prints what the browser loads, gzip level 9: the first page (index.html and all it preloads) and each lazy chunk.
import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const gz = (name) => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length
const html = readFileSync(new URL('index.html', dist), 'utf8')
const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((m) => m[1])
const sizes = readdirSync(new URL('assets/', dist))
  .filter((f) => /\.(js|css)$/.test(f))
  .map((f) => ({ file: `assets/${f}`, bytes: gz(`assets/${f}`), first: first.includes(`assets/${f}`) }))
  .sort((a, b) => Number(b.first) - Number(a.first) || b.bytes - a.bytes)
const sum = (list) => (list.reduce((n, s) => n + s.bytes, 0) / 1000).toFixed(1)
for (const s of sizes)
  console.log(`${s.first ? 'first' : 'lazy '}  ${(s.bytes / 1000).toFixed(1).padStart(7)} kB  ${s.file}`)
console.log(`first page: ${sum(sizes.filter((s) => s.first && s.file.endsWith('.js')))} kB JS, `)
console.log(
  `            ${sum(sizes.filter((s) => s.first && s.file.endsWith('.css')))} kB CSS; all: ${sum(sizes)} kB`,
)
