import type { IconName } from './icons'

// The states a plan or a task is seen in. Word, colour and icon always come together.
export type Status = 'draft' | 'published' | 'unsigned' | 'active' | 'soon' | 'overdue' | 'returned' | 'done'

type Tone = 'plain' | 'accent' | 'good' | 'warn' | 'bad'

export const looks: Record<Status, { icon: IconName; tone: Tone }> = {
  draft: { icon: 'pen', tone: 'plain' },
  published: { icon: 'send', tone: 'accent' },
  unsigned: { icon: 'inbox', tone: 'accent' },
  active: { icon: 'active', tone: 'plain' },
  soon: { icon: 'clock', tone: 'warn' },
  overdue: { icon: 'alert', tone: 'bad' },
  returned: { icon: 'back', tone: 'warn' },
  done: { icon: 'done', tone: 'good' },
}

/** The server may know a state that this page does not yet. */
export const isStatus = (s: string): s is Status => s in looks
