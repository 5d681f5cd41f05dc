import admin from './admin'
import auth from './auth'
import duty from './duty'
import frame from './frame'
import help from './help'
import task from './task'
import today from './today'
import ui from './ui'

export default { admin, auth, duty, frame, help, task, today, ui }
