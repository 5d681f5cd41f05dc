import type zh from '../zh-CN/auth'
import type { Same } from '../same'

export default {
  sign_in: {
    title: 'Sign in',
    lead: 'Use the account your office gave you',
    username: 'Account',
    password: 'Password',
    show: 'Show password',
    hide: 'Hide password',
    submit: 'Sign in',
    need_username: 'Enter your account name',
    need_password: 'Enter your password',
    expired: 'Your session has ended. Sign in again to go on.',
    help: "Forgotten your password? Your office's administrator can reset it.",
  },
  password: {
    title: 'Change password',
    forced: 'This is your first sign-in: choose a password of your own',
    old: 'Current password',
    new: 'New password',
    again: 'New password again',
    rule: 'At least 10 characters; not your account, name or birthday',
    submit: 'Save new password',
    changed: 'Password changed',
    need_old: 'Enter your current password',
    short: 'The new password needs at least 10 characters; this one has {n}',
    same: 'The new password is the same as the old one: choose another',
    differ: 'The two new passwords differ: type them again',
  },
} satisfies Same<typeof zh>
