import { beforeEach } from 'vitest'
import { setLang } from '@/i18n'

beforeEach(() => setLang('zh-CN'))
