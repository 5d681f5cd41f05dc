import { describe, expect, it } from 'vitest'
import { setLang, tt } from '.'
import en from './en'
import zh from './zh-CN'

const texts = (o: object, at = ''): [string, string][] =>
  Object.entries(o).flatMap(([k, v]) =>
    typeof v === 'string' ? [[`${at}${k}`, v] as [string, string]] : texts(v as object, `${at}${k}.`),
  )
const places = (s: string) => [...new Set(s.match(/\{\w+\}/g))].sort()

describe('the words', () => {
  const english = new Map(texts(en))
  it.each(texts(zh))('%s has the same blanks in both languages', (key, text) => {
    expect(places(english.get(key)!)).toEqual(places(text))
  })
  it.each([...texts(zh), ...texts(en)])('%s does not shout', (_, text) => {
    expect(text).not.toMatch(/[!！]|亲[，,]|系统繁忙/)
  })
  it('choose one and many in English', async () => {
    await setLang('en')
    expect(tt('ui.form.errors', { n: 1 })).toBe('1 thing to correct')
    expect(tt('ui.form.errors', { n: 2 })).toBe('2 things to correct')
    expect(document.documentElement.lang).toBe('en')
  })
})
