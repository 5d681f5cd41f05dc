import { expect, it } from 'vitest'
import { safeReturn } from './router'

it('leads back only to pages of this application', () => {
  expect(safeReturn('/plans?state=open')).toBe('/plans?state=open')
  for (const bad of ['https://example.org', '//example.org', '/\\example.org', undefined, ['/a']]) {
    expect(safeReturn(bad)).toBe('/')
  }
})
