// The changes to a task, as the server takes them. Each throws ApiProblem.
import { api, ok } from '@/api/client'
import { idempotent, ifMatch, newKey } from '@/api/headers'
import type { components } from '@/api/schema'

type S = components['schemas']
type Header = { 'Idempotency-Key': string }

interface Versioned {
  id: string
  version: number
}
const at = (v: Versioned) => ({ path: { id: v.id }, header: ifMatch(v.version) })

export const sign = (part: Versioned) =>
  ok(api.POST('/api/v1/parts/{id}/sign', { params: at(part), headers: idempotent(newKey()) }))

export const report = (part: Versioned, body: S['NewReport'], key: Header) =>
  ok(api.POST('/api/v1/parts/{id}/reports', { params: at(part), headers: key, body }))

export const giveBack = (part: Versioned, reason: string) =>
  ok(api.POST('/api/v1/parts/{id}/return', { params: at(part), body: { reason } }))

export const resend = (part: string, words: string) =>
  ok(api.POST('/api/v1/parts/{id}/resend', { params: { path: { id: part } }, body: { words } }))

export const hand = (part: Versioned, to: string) =>
  ok(api.POST('/api/v1/parts/{id}/hand', { params: at(part), body: { to } }))

export const split = (part: Versioned, children: S['Child'][], key: Header) =>
  ok(api.POST('/api/v1/parts/{id}/split', { params: at(part), headers: key, body: { children } }))

export const edit = (task: Versioned, body: S['Edit']) =>
  ok(api.PATCH('/api/v1/tasks/{id}', { params: at(task), body }))

export const closeOut = (task: Versioned, reason: string) =>
  ok(api.POST('/api/v1/tasks/{id}/close', { params: at(task), body: { reason } }))

export const drop = (task: Versioned, reason: string) =>
  ok(api.POST('/api/v1/tasks/{id}/drop', { params: at(task), body: { reason } }))

export const reopen = (task: Versioned, reason: string) =>
  ok(api.POST('/api/v1/tasks/{id}/reopen', { params: at(task), body: { reason } }))

export const decideDuty = (task: Versioned, body: { class: S['Task']['duty_class']; item: string }) =>
  ok(api.PUT('/api/v1/tasks/{id}/duty', { params: at(task), body }))

export const urge = (task: string, body: S['NewUrge'], key: Header) =>
  ok(api.POST('/api/v1/tasks/{id}/urges', { params: { path: { id: task } }, headers: key, body }))

export const answer = (urgeId: string, words: string) =>
  ok(api.POST('/api/v1/urges/{id}/answer', { params: { path: { id: urgeId } }, body: { words } }))

export const task = (id: string, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/tasks/{id}', { params: { path: { id } }, signal }))
