// The first rows of a workbook, as far as a preview needs it (ECMA-376): a ZIP archive of XML parts. Only what the
// server itself wrote is read here; a part that is missing is shown as empty.

export interface SheetRows {
  name: string
  rows: { row: number; cells: Map<string, string> }[] // by letter
}

interface Entry {
  method: number
  data: Uint8Array<ArrayBuffer>
}

const decoder = new TextDecoder()

/** The entries of a ZIP archive, packed as they are. */
export function entriesOf(buffer: ArrayBuffer): Map<string, Entry> {
  const v = new DataView(buffer)
  const out = new Map<string, Entry>()
  let end = buffer.byteLength - 22
  while (end >= 0 && v.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0) throw new Error('no ZIP archive')
  let at = v.getUint32(end + 16, true)
  for (let n = v.getUint16(end + 10, true); n > 0 && v.getUint32(at, true) === 0x02014b50; n--) {
    const size = v.getUint32(at + 20, true)
    const name = v.getUint16(at + 28, true)
    const local = v.getUint32(at + 42, true)
    const from = local + 30 + v.getUint16(local + 26, true) + v.getUint16(local + 28, true)
    out.set(decoder.decode(new Uint8Array(buffer, at + 46, name)), {
      method: v.getUint16(at + 10, true),
      data: new Uint8Array(buffer, from, size),
    })
    at += 46 + name + v.getUint16(at + 30, true) + v.getUint16(at + 32, true)
  }
  return out
}

/** Whether this browser can unpack: from about 2023 on. */
export const canUnpack = () => {
  try {
    return Boolean(new DecompressionStream('deflate-raw'))
  } catch {
    return false
  }
}

async function text(e: Entry | undefined): Promise<string> {
  if (!e) return ''
  if (e.method === 0) return decoder.decode(e.data)
  const stream = new Blob([e.data]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Response(stream).text()
}

const parse = (xml: string) => new DOMParser().parseFromString(xml || '<x/>', 'application/xml')
const all = (e: Element | Document, name: string) => [...e.getElementsByTagName(name)]
const textsOf = (e: Element) =>
  all(e, 't')
    .filter((t) => t.parentElement?.tagName !== 'rPh') // readings of kanji are not part of the text
    .map((t) => t.textContent ?? '')
    .join('')

/** Days since 1900 as Excel counts them, shown as a day where the number format is one. */
function styleDates(xml: Document): Set<number> {
  const custom = new Set(
    all(xml, 'numFmt')
      .filter((f) =>
        /[yd年日]/i.test((f.getAttribute('formatCode') ?? '').replace(/"[^"]*"|\[[^\]]*\]/g, '')),
      )
      .map((f) => Number(f.getAttribute('numFmtId'))),
  )
  const dates = new Set<number>()
  const formats = all(xml, 'cellXfs')[0]
  for (const [i, xf] of (formats ? all(formats, 'xf') : []).entries()) {
    const n = Number(xf.getAttribute('numFmtId'))
    if ((n >= 14 && n <= 17) || (n >= 27 && n <= 31) || n === 57 || custom.has(n)) dates.add(i)
  }
  return dates
}
const dayOf = (serial: number) =>
  new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10)

/** The first rows of every sheet, as they are read. */
export async function readSheets(buffer: ArrayBuffer, most: number): Promise<SheetRows[]> {
  const zip = entriesOf(buffer)
  const part = async (name: string) => parse(await text(zip.get(name)))
  const shared = all(await part('xl/sharedStrings.xml'), 'si').map(textsOf)
  const dates = styleDates(await part('xl/styles.xml'))
  const links = new Map(
    all(await part('xl/_rels/workbook.xml.rels'), 'Relationship').map((r) => [
      r.getAttribute('Id'),
      (r.getAttribute('Target') ?? '').replace(/^\/?(xl\/)?/, 'xl/'),
    ]),
  )
  const out: SheetRows[] = []
  for (const s of all(await part('xl/workbook.xml'), 'sheet')) {
    if ((s.getAttribute('state') ?? 'visible') !== 'visible') continue
    const xml = await part(links.get(s.getAttribute('r:id')) ?? '')
    const rows = all(xml, 'row')
      .slice(0, most)
      .map((r) => {
        const cells = new Map<string, string>()
        for (const c of all(r, 'c')) {
          const v = all(c, 'v')[0]?.textContent ?? ''
          const t = c.getAttribute('t')
          const letter = (c.getAttribute('r') ?? '').replace(/\d+$/, '')
          const date = !t && v !== '' && dates.has(Number(c.getAttribute('s')))
          const shown =
            t === 's'
              ? (shared[Number(v)] ?? '')
              : t === 'inlineStr'
                ? textsOf(c)
                : date
                  ? dayOf(Number(v))
                  : v
          if (shown) cells.set(letter, shown)
        }
        return { row: Number(r.getAttribute('r')), cells }
      })
    out.push({ name: s.getAttribute('name') ?? '', rows })
  }
  return out
}

/** The letters from the first to the last that is filled: A … L. */
export function lettersOf(s: SheetRows): string[] {
  const number = (l: string) => [...l].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0)
  const last = Math.min(60, Math.max(0, ...s.rows.flatMap((r) => [...r.cells.keys()].map(number))))
  return Array.from(
    { length: last },
    (_, i) =>
      (i < 26 ? '' : String.fromCharCode(64 + Math.floor(i / 26))) + String.fromCharCode(65 + (i % 26)),
  )
}
