// Who is signed in, and what they may do and see. One reactive value, loaded once, for the whole application.
import { computed, ref, shallowRef } from 'vue'
import { api, ok } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { components } from '@/api/schema'

export type Session = components['schemas']['SessionView']
export type Right = keyof components['schemas']['Can']

const current = shallowRef<Session | null>(null)
const known = ref(false)

export const session = computed(() => current.value)
export const user = computed(() => current.value?.user)

/** May this person do it? `can('plans')`; without a name, anybody signed in may. */
export const can = (what?: Right) => !what || Boolean(current.value?.can[what])

/** Asks the server once; later calls answer from memory. Null: nobody is signed in. */
export async function ready(): Promise<Session | null> {
  if (!known.value) await refresh()
  return current.value
}

/** Asks again: after a task was signed for, the waiting count is another. */
export async function refresh() {
  try {
    current.value = await ok(api.GET('/api/v1/session'), true)
  } catch (e) {
    if (!(e instanceof ApiProblem) || e.status !== 401) throw e
    current.value = null
  }
  known.value = true
}

export async function signIn(username: string, password: string) {
  current.value = await ok(api.POST('/api/v1/session', { body: { username, password } }), true)
  known.value = true
}

export async function signOut() {
  await ok(api.DELETE('/api/v1/session'))
  forget()
}

/** Forgets who was signed in, without asking the server. */
export function forget() {
  current.value = null
  known.value = true
}

export async function changePassword(old: string, fresh: string) {
  await ok(api.PUT('/api/v1/session/password', { body: { old, new: fresh } }), true)
  await refresh()
}
