// The menu: what there may be, in its order. An entry is shown when its page exists and this person may use it.
import { computed } from 'vue'
import { useRouter } from 'vue-router'
import type { IconName } from '@/components/base/icons'
import type { Key } from '@/i18n'
import { can } from '@/session'

export interface NavItem {
  route: string // name of the page; its meta.can says who may
  label: Key
  icon: IconName
}
export interface NavGroup {
  key: string
  label?: Key // without one, the entries stand alone
  items: NavItem[]
}

const all: NavGroup[] = [
  { key: 'today', items: [{ route: 'workbench', label: 'frame.menu.workbench', icon: 'home' }] },
  {
    key: 'notices',
    label: 'frame.menu.notices',
    items: [
      { route: 'plans', label: 'frame.menu.plans', icon: 'plan' },
      { route: 'my-tasks', label: 'frame.menu.mine', icon: 'task' },
      { route: 'tasks', label: 'frame.menu.all_tasks', icon: 'columns' },
      { route: 'stats', label: 'frame.menu.units_stats', icon: 'chart' },
      { route: 'duties', label: 'frame.menu.duties', icon: 'book' },
    ],
  },
  {
    key: 'ledger',
    label: 'ledger.group_menu',
    items: [
      { route: 'ledger', label: 'ledger.menu', icon: 'users' },
      { route: 'map', label: 'map.menu', icon: 'map' },
      { route: 'counts', label: 'oversight.counts.menu', icon: 'columns' },
      { route: 'stale', label: 'stale.menu', icon: 'check' },
      { route: 'intakes', label: 'tables.menu.intake', icon: 'upload' },
      { route: 'requests', label: 'oversight.requests.menu', icon: 'inbox' },
      { route: 'digest', label: 'oversight.digest.menu', icon: 'eye' },
    ],
  },
  {
    key: 'tables',
    label: 'tables.menu.group',
    items: [
      { route: 'tables', label: 'tables.menu.fill', icon: 'pen' },
      { route: 'burden', label: 'tables.menu.burden', icon: 'chart' },
    ],
  },
  {
    key: 'admin',
    label: 'frame.menu.admin',
    items: [
      { route: 'units', label: 'frame.menu.units', icon: 'unit' },
      { route: 'users', label: 'frame.menu.users', icon: 'users' },
      { route: 'calendar', label: 'frame.menu.calendar', icon: 'calendar' },
    ],
  },
  { key: 'help', items: [{ route: 'help', label: 'frame.menu.help', icon: 'help' }] },
]

export function useNav() {
  const router = useRouter()
  const shown = (item: NavItem) =>
    router.hasRoute(item.route) && can(router.resolve({ name: item.route }).meta.can)
  return computed(() =>
    all.map((g) => ({ ...g, items: g.items.filter(shown) })).filter((g) => g.items.length > 0),
  )
}
