// The words. One file an area in each language: zh-CN/ is the source, en/ must `satisfies Same<…>` of it,
// so that a missing or extra English key does not compile. Only the language in use is loaded.
import { computed, shallowRef } from 'vue'
import type { Language as ElementLanguage } from 'element-plus/es/locale'
import { createI18n } from 'vue-i18n'
import type { Leaf } from './same'
import type messages from './zh-CN'

export type Lang = 'zh-CN' | 'en'
export type Key = Leaf<typeof messages>

const kept = 'gewu.lang'
const load = {
  'zh-CN': () => Promise.all([import('./zh-CN'), import('element-plus/es/locale/lang/zh-cn')]),
  en: () => Promise.all([import('./en'), import('element-plus/es/locale/lang/en')]),
}

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as Lang,
  fallbackLocale: false,
  missingWarn: import.meta.env.DEV,
  messages: {} as Record<string, Record<string, never>>,
})

/** The words of Element Plus in the language in use, for its config provider. */
export const elementLocale = shallowRef<ElementLanguage>()

export const lang = computed(() => i18n.global.locale.value as Lang)

/** The language chosen last, or Chinese. */
export function keptLang(): Lang {
  try {
    return localStorage.getItem(kept) === 'en' ? 'en' : 'zh-CN'
  } catch {
    return 'zh-CN' // storage may be switched off
  }
}

/** Loads the words, shows them and keeps the choice. */
export async function setLang(to: Lang) {
  const [words, element] = await load[to]()
  i18n.global.setLocaleMessage(to, words.default as unknown as Record<string, never>)
  i18n.global.locale.value = to
  elementLocale.value = element.default as ElementLanguage
  document.documentElement.lang = to
  try {
    localStorage.setItem(kept, to)
  } catch {
    // the choice then lasts as long as the page
  }
}

/**
 * The text of a key in the language in use; a wrong key does not compile.
 * In English 'one | many' is chosen by `named.n`.
 */
export function tt(key: Key, named: Record<string, unknown> = {}): string {
  const n = named.n
  return typeof n === 'number' ? i18n.global.t(key, named, { plural: n }) : i18n.global.t(key, named)
}
