// Reads the State Council's yearly notice from its pasted text. It has had one shape for many years:
//   一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
import { dayOf, isDay, type HolidayYear, type Span } from './days'

const item = /^[一二三四五六七八九十]+、\s*([^：:]{1,20})[：:](.+)$/
const one = String.raw`(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(][^）)]*[）)])?`
const run = new RegExp(`${one}(?:至${one})?`)

/** Half-width, without spaces inside a line. */
const tidy = (text: string) =>
  text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[ \t\u3000]/g, '')

/** What the text says of a year; undefined where it names no holiday with its days. */
export function readNotice(text: string, year: number): HolidayYear | undefined {
  const off: Span[] = []
  const work: string[] = []
  for (const line of tidy(text).split(/\r?\n/)) {
    const m = item.exec(line)
    if (!m) continue
    let month = 0
    const day = (y: string | undefined, mo: string | undefined, d: string) => {
      if (mo) month = Number(mo)
      return dayOf(y ? Number(y) : year, month, Number(d))
    }
    for (const sentence of m[2]!.split('。')) {
      if (sentence.includes('上班')) {
        for (const w of sentence.matchAll(new RegExp(one, 'g'))) {
          const at = day(w[1], w[2], w[3]!)
          if (isDay(at)) work.push(at)
        }
        continue
      }
      const r = /放假|共\d+天/.test(sentence) ? run.exec(sentence) : null
      if (!r) continue
      const first = day(r[1], r[2], r[3]!)
      const last = r[6] ? day(r[4], r[5], r[6]) : first
      if (isDay(first) && isDay(last)) off.push({ name: m[1]!, first, last })
    }
  }
  if (off.length === 0) return undefined
  const plain = tidy(text)
  const number = /国办发(?:明电)?[〔[（(]\d{4}[〕\]）)]\d+号/.exec(plain)?.[0] ?? ''
  // the day of issue stands alone on its line, under the signature
  const issued = /(?:^|\n)(\d{4})年(\d{1,2})月(\d{1,2})日\s*(?:\n|$)/.exec(plain)
  return {
    year,
    notice: number.replace(/[[（(]/, '〔').replace(/[\]）)]/, '〕'),
    issued: issued ? dayOf(Number(issued[1]), Number(issued[2]), Number(issued[3])) : '',
    off,
    work,
  }
}

/** The year that a text speaks of: '关于2027年部分节假日安排的通知'. */
export function yearIn(text: string): number | undefined {
  const m = /(\d{4})年部分节假日/.exec(tidy(text))
  return m ? Number(m[1]) : undefined
}
