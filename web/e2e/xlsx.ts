// Workbooks for tests: a small writer, and a reader that shares no code with the program or its pages, so that what
// the program writes is judged by somebody else.
import { inflateRawSync } from 'node:zlib'

type Value = string | number | undefined

const table = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})
const crc32 = (b: Buffer) =>
  (b.reduce((c, x) => table[(c ^ x) & 255]! ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0

function zip(files: Record<string, string>): Buffer {
  const parts: Buffer[] = []
  const index: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text)
    const n = Buffer.from(name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(33, 12) // 1980-01-01
    head.writeUInt32LE(crc32(data), 14)
    head.writeUInt32LE(data.length, 18)
    head.writeUInt32LE(data.length, 22)
    head.writeUInt16LE(n.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    head.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(at, 42)
    parts.push(head, n, data)
    index.push(entry, n)
    at += 30 + n.length + data.length
  }
  const list = Buffer.concat(index)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(index.length / 2, 8)
  end.writeUInt16LE(index.length / 2, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}

const escape = (s: string) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const xml = (body: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const letter = (n: number) => String.fromCharCode(65 + n)

/** One sheet of framed cells; `merged` are ranges such as A1:H1. */
export function writeBook(sheet: string, rows: Value[][], merged: string[] = []): Buffer {
  const cell = (v: Value, at: string) => {
    if (v === undefined) return `<c r="${at}" s="1"/>`
    if (typeof v === 'number') return `<c r="${at}" s="1"><v>${v}</v></c>`
    return `<c r="${at}" s="1" t="inlineStr"><is><t>${escape(v)}</t></is></c>`
  }
  const body = rows
    .map((r, i) => `<row r="${i + 1}">${r.map((v, n) => cell(v, `${letter(n)}${i + 1}`)).join('')}</row>`)
    .join('')
  const merges = merged.map((m) => `<mergeCell ref="${m}"/>`).join('')
  const side = ['left', 'right', 'top', 'bottom'].map((s) => `<${s} style="thin"/>`).join('')
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return zip({
    '[Content_Types].xml': xml(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/></Types>`,
    ),
    '_rels/.rels': xml(
      `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': xml(
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escape(sheet)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ),
    'xl/styles.xml': xml(
      `<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="2"><border/><border>${side}</border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf borderId="1" applyBorder="1"/></cellXfs></styleSheet>`,
    ),
    'xl/worksheets/sheet1.xml': xml(
      `<worksheet xmlns="${main}"><sheetData>${body}</sheetData>${merges && `<mergeCells count="${merged.length}">${merges}</mergeCells>`}</worksheet>`,
    ),
  })
}

function unzip(b: Buffer): Map<string, string> {
  const out = new Map<string, string>()
  let at = b.readUInt32LE(b.lastIndexOf(Buffer.from('504b0506', 'hex')) + 16)
  while (b.readUInt32LE(at) === 0x02014b50) {
    const name = b.toString('utf8', at + 46, at + 46 + b.readUInt16LE(at + 28))
    const local = b.readUInt32LE(at + 42)
    const from = local + 30 + b.readUInt16LE(local + 26) + b.readUInt16LE(local + 28)
    const data = b.subarray(from, from + b.readUInt32LE(at + 20))
    out.set(name, (b.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('utf8'))
    at += 46 + b.readUInt16LE(at + 28) + b.readUInt16LE(at + 30) + b.readUInt16LE(at + 32)
  }
  return out
}

const plain = (s: string) =>
  s
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
const texts = (s: string) => plain([...s.matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g)].map((m) => m[1]).join(''))

/** The cells of the first sheet by name, and the ranges that are merged. */
export function readBook(b: Buffer): { cells: Map<string, string>; merged: string[] } {
  const files = unzip(b)
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map((m) =>
    texts(m[1]!),
  )
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? ''
  const cells = new Map<string, string>()
  for (const m of sheet.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    const at = /r="([A-Z]+\d+)"/.exec(m[1]!)?.[1]
    const v = /<v>([^<]*)<\/v>/.exec(m[2] ?? '')?.[1]
    const shown = m[1]!.includes('t="s"')
      ? shared[Number(v)]
      : m[1]!.includes('inlineStr')
        ? texts(m[2] ?? '')
        : v
    if (at && shown) cells.set(at, plain(shown))
  }
  return { cells, merged: [...sheet.matchAll(/<mergeCell ref="([^"]+)"/g)].map((m) => m[1]!) }
}
