import type zh from '../zh-CN/today'
import type { Same } from '../same'

export default {
  title: 'Workbench',
  nothing: 'Nothing needs doing today',
} satisfies Same<typeof zh>
