// The masks of package code that need no knowledge of what the text is (code/mask.go).

export const masks = new Set(['all', 'id', 'id-6-4', 'id-3-2', 'name', 'name-ends', 'account'])

// Characters that do not count at the ends: spaces, controls, zero-width and directional marks, private use,
// variation selectors. Written out, because browsers differ in their tables.
export const silentRanges: [number, number][] = [
  [0x0, 0x20],
  [0x7f, 0xa0],
  [0xad, 0xad],
  [0x600, 0x605],
  [0x61c, 0x61c],
  [0x6dd, 0x6dd],
  [0x70f, 0x70f],
  [0x890, 0x891],
  [0x8e2, 0x8e2],
  [0x1680, 0x1680],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x2064],
  [0x2066, 0x206f],
  [0x3000, 0x3000],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0x110bd, 0x110bd],
  [0x110cd, 0x110cd],
  [0x13430, 0x1343f],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0001, 0xe0001],
  [0xe0020, 0xe007f],
  [0xe0100, 0xe01ef],
  [0xf0000, 0xffffd],
  [0x100000, 0x10fffd],
]

const isSilent = (c: string) => {
  const n = c.codePointAt(0)!
  return silentRanges.some(([from, to]) => n >= from && n <= to)
}

const compoundSurnames =
  ' 欧阳 上官 司马 司徒 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 东方 南宫 端木 轩辕 ' +
  '独孤 呼延 闻人 澹台 濮阳 钟离 太叔 申屠 西门 拓跋 百里 东郭 第五 赫连 万俟 '

const stars = (r: string[]) => '*'.repeat(r.length)

/** Shows head and tail and hides the rest; hides all where fewer than hidden characters would be. */
function keep(r: string[], head: number, tail: number, hidden: number): string {
  if (r.length < head + tail + hidden) return stars(r)
  const end = r.length - tail
  return r.slice(0, head).join('') + '*'.repeat(end - head) + r.slice(end).join('')
}

function maskId(r: string[], head: number, tail: number): string {
  for (const [i, c] of r.entries())
    if (!/^[0-9０-９]$/.test(c) && (i !== 17 || !/^[XxＸｘ]$/.test(c))) return stars(r)
  if (r.length === 18) return keep(r, head, tail, 8)
  if (r.length === 15) return keep(r, Math.min(head, 6), Math.min(tail, 2), 7)
  return stars(r)
}

function maskName(r: string[]): string {
  if (r.length === 1) return '*'
  const compound = r.length > 2 && compoundSurnames.includes(` ${r[0]}${r[1]} `)
  const surname = compound ? 2 : 1
  return r.slice(0, surname).join('') + '*'.repeat(r.length - surname)
}

export function applyMask(mask: string, s: string): string {
  const all = Array.from(s)
  const first = all.findIndex((c) => !isSilent(c))
  if (first < 0) return ''
  let end = all.length
  while (isSilent(all[end - 1]!)) end--
  const r = all.slice(first, end)
  switch (mask) {
    case 'id':
      return maskId(r, 3, 4)
    case 'id-6-4':
      return maskId(r, 6, 4)
    case 'id-3-2':
      return maskId(r, 3, 2)
    case 'name':
      return maskName(r)
    case 'name-ends':
      return r.length < 3 ? maskName(r) : keep(r, 1, 1, 1)
    case 'account':
      return keep(r, 0, 4, 6)
  }
  return '****'
}
