import type { RouteRecordRaw } from 'vue-router'
import type { Right } from '@/session'

// Pages for those who build pages: every building block in every state, and stand-ins that fill the menu.
// They exist in `npm run dev` and in the tests of the frame, never in what an office gets.
const stand = (name: string, can?: Right): RouteRecordRaw => ({
  path: `/dev/${name}`,
  name,
  component: () => import('./BlocksView.vue'),
  meta: { can },
})

const menu = ['plans', 'my-tasks', 'stats', 'duties', 'units', 'users', 'calendar']
export const blocks = (): RouteRecordRaw[] => [
  stand('blocks'),
  stand('locked', 'import'),
  ...menu.map((name) => stand(name)),
]
