import admin from './admin'
import auth from './auth'
import draft from './draft'
import duty from './duty'
import frame from './frame'
import help from './help'
import ledger from './ledger'
import map from './map'
import oversight from './oversight'
import plan from './plan'
import stale from './stale'
import tables from './tables'
import task from './task'
import today from './today'
import ui from './ui'

export default {
  admin,
  auth,
  draft,
  duty,
  frame,
  help,
  ledger,
  map,
  oversight,
  plan,
  stale,
  tables,
  task,
  today,
  ui,
}
