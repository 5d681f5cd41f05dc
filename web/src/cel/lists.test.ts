import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { functions, functionsText } from './functions'
import { library } from './library'
import { silentRanges } from './library/mask'
import { sentences, typeNames, unnamed } from './sentences'

// What this side repeats of the server's is held to it here.
const root = resolve(process.cwd(), '..')
const lists = JSON.parse(readFileSync(resolve(root, 'testdata/cel/lists.json'), 'utf8')) as Record<
  string,
  unknown
>

it('has the functions of the server, and each is there', () => {
  const lines = readFileSync(resolve(root, 'expr/functions.txt'), 'utf8').split('\n')
  expect(functionsText.trim().split('\n')).toEqual(lines.filter((l) => l !== '' && !l.startsWith('#')))
  for (const s of [...functions.values()].flat()) expect(library[s.fn], s.fn).toBeTypeOf('function')
})

it('has its sentences', () => {
  expect(sentences).toEqual(lists.sentences)
  expect(unnamed).toEqual(lists.unnamed)
  expect(typeNames).toEqual(lists.types)
})

it('takes the same characters for blank', () => {
  expect(silentRanges).toEqual(lists.blank)
})
