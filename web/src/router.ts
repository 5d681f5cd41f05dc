// The pages. Each is loaded when first opened. A page of the frame that needs a right names it in meta.can;
// a page under another in the menu names that one in meta.menu.
import { shallowRef } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { blocks } from '@/dev/routes'
import type { Key } from '@/i18n'
import { asProblem, type ApiProblem } from '@/api/problem'
import { failed } from '@/composables/useToast'
import { ready, type Right } from '@/session'

declare module 'vue-router' {
  interface RouteMeta {
    title?: Key
    can?: Right
    menu?: string
    /** Shown without the frame and without being signed in. */
    open?: boolean
  }
}

const pages: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('@/views/SignInView.vue'),
    meta: { title: 'auth.sign_in.title', open: true },
  },
  {
    path: '/',
    name: 'workbench',
    component: () => import('@/views/tasks/TodayView.vue'),
    meta: { title: 'today.title' },
  },
  {
    path: '/tasks/mine',
    name: 'my-tasks',
    component: () => import('@/views/tasks/MyTasksView.vue'),
    meta: { title: 'task.mine.title', can: 'mine' },
  },
  {
    path: '/tasks',
    name: 'tasks',
    component: () => import('@/views/tasks/TasksView.vue'),
    meta: { title: 'task.all.title', can: 'stats' },
  },
  {
    path: '/tasks/:id',
    name: 'task',
    component: () => import('@/views/tasks/TaskView.vue'),
    meta: { title: 'task.view.fallback' },
  },
  {
    path: '/plans',
    name: 'plans',
    component: () => import('@/views/plans/PlansView.vue'),
    meta: { title: 'plan.list.title', can: 'plans' },
  },
  {
    path: '/plans/:id',
    name: 'plan',
    component: () => import('@/views/plans/PlanView.vue'),
    meta: { title: 'plan.col.title', menu: 'plans' },
  },
  {
    path: '/plans/:id/correct',
    name: 'correct',
    component: () => import('@/views/plans/CorrectView.vue'),
    meta: { title: 'draft.title', can: 'import', menu: 'plans' },
  },
  {
    path: '/stats',
    name: 'stats',
    component: () => import('@/views/tasks/StatsView.vue'),
    meta: { title: 'task.stats.title', can: 'stats' },
  },
  {
    path: '/duties',
    name: 'duties',
    component: () => import('@/views/duty/DutiesView.vue'),
    meta: { title: 'duty.title', can: 'duty' },
  },
  {
    path: '/ledger',
    name: 'ledger',
    component: () => import('@/views/ledger/LedgerView.vue'),
    meta: { title: 'ledger.title', can: 'ledger' },
  },
  {
    path: '/ledger/new',
    name: 'new-subject',
    component: () => import('@/views/ledger/NewView.vue'),
    meta: { title: 'ledger.new.page', can: 'ledger', menu: 'ledger' },
  },
  {
    path: '/ledger/counts',
    name: 'counts',
    component: () => import('@/views/ledger/CountsView.vue'),
    meta: { title: 'oversight.counts.title', can: 'map' },
  },
  {
    path: '/ledger/requests',
    name: 'requests',
    component: () => import('@/views/ledger/RequestsView.vue'),
    meta: { title: 'oversight.requests.title', can: 'ledger' },
  },
  {
    path: '/ledger/digest',
    name: 'digest',
    component: () => import('@/views/ledger/DigestView.vue'),
    meta: { title: 'oversight.digest.title', can: 'digest' },
  },
  {
    path: '/ledger/stale',
    name: 'stale',
    component: () => import('@/views/ledger/StaleView.vue'),
    meta: { title: 'stale.title', can: 'ledger' },
  },
  {
    path: '/ledger/subjects/:id',
    name: 'subject',
    component: () => import('@/views/ledger/SubjectView.vue'),
    meta: { title: 'ledger.title', can: 'ledger', menu: 'ledger' },
  },
  {
    path: '/map',
    name: 'map',
    component: () => import('@/views/map/MapView.vue'),
    meta: { title: 'map.title', can: 'map' },
  },
  {
    path: '/tables',
    name: 'tables',
    component: () => import('@/views/tables/TablesView.vue'),
    meta: { title: 'tables.title', can: 'tables' },
  },
  {
    path: '/tables/import',
    name: 'intakes',
    component: () => import('@/views/tables/IntakesView.vue'),
    meta: { title: 'tables.intake.title', can: 'ledger' },
  },
  {
    path: '/tables/import/:id',
    name: 'intake',
    component: () => import('@/views/tables/IntakeView.vue'),
    meta: { title: 'tables.intake.title', can: 'ledger', menu: 'intakes' },
  },
  {
    path: '/tables/burden',
    name: 'burden',
    component: () => import('@/views/tables/BurdenView.vue'),
    meta: { title: 'tables.burden.title', can: 'tables' },
  },
  {
    path: '/tables/:id',
    name: 'table',
    component: () => import('@/views/tables/TableView.vue'),
    meta: { title: 'tables.title', can: 'tables', menu: 'tables' },
  },
  {
    path: '/admin/units',
    name: 'units',
    component: () => import('@/views/admin/UnitsView.vue'),
    meta: { title: 'admin.unit.title', can: 'units' },
  },
  {
    path: '/admin/accounts',
    name: 'users',
    component: () => import('@/views/admin/AccountsView.vue'),
    meta: { title: 'admin.account.title', can: 'admin' },
  },
  {
    path: '/admin/holidays',
    name: 'calendar',
    component: () => import('@/views/admin/HolidaysView.vue'),
    meta: { title: 'admin.holiday.title', can: 'units' },
  },
  {
    path: '/help',
    name: 'help',
    component: () => import('@/views/admin/HelpView.vue'),
    meta: { title: 'help.title' },
  },
  {
    path: '/me/password',
    name: 'password',
    component: () => import('@/views/PasswordView.vue'),
    meta: { title: 'auth.password.title' },
  },
  {
    path: '/me',
    name: 'me',
    component: () => import('@/views/MeView.vue'),
    meta: { title: 'frame.tabs.me' },
  },
  {
    path: '/:path(.*)*',
    name: 'missing',
    component: () => import('@/views/MissingView.vue'),
    meta: { title: 'ui.missing.title' },
  },
]

export const router = createRouter({
  history: createWebHistory(),
  routes: __BLOCKS__ ? [...blocks(), ...pages] : pages,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
})

router.beforeEach(async (to, from) => {
  if (to.meta.open) return
  const session = await ready()
  if (!session)
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath }, replace: true }
  if (session.user.must_change_password && to.name !== 'password') {
    return { name: 'password', query: to.fullPath === '/' ? {} : { to: to.fullPath }, replace: true }
  }
  // the place that was chosen goes along from page to page
  if (from.query.place && to.query.place === undefined && from.path !== to.path) {
    return { path: to.path, query: { ...to.query, place: from.query.place }, hash: to.hash, replace: true }
  }
})

/** Set while the very first page could not be opened: there is nothing behind it to stay on. */
export const stranded = shallowRef<{ problem: ApiProblem; to: string }>()

router.onError((e, to, from) => {
  if (from.matched.length === 0) stranded.value = { problem: asProblem(e), to: to.fullPath }
  else if (isMissingChunk(e) && !justReloaded()) location.assign(to.fullPath)
  else failed(e)
})
router.afterEach((_to, _from, failure) => {
  if (!failure) stranded.value = undefined
})

// After an update of the server the chunks of the page that is still open are gone: load it anew, once.
const isMissingChunk = (e: unknown) =>
  e instanceof Error && /dynamically imported module|module script|preload CSS/.test(e.message)
function justReloaded(): boolean {
  try {
    const last = Number(sessionStorage.getItem('gewu.reloaded'))
    sessionStorage.setItem('gewu.reloaded', String(Date.now()))
    return Date.now() - last < 10_000
  } catch {
    return true // without memory it could go round for ever
  }
}

/** Where to go after signing in; only ever within this application. */
export const safeReturn = (to: unknown) =>
  typeof to === 'string' && to.startsWith('/') && !to.startsWith('//') && !to.startsWith('/\\') ? to : '/'
