import auth from './auth'
import frame from './frame'
import task from './task'
import today from './today'
import ui from './ui'

export default { auth, frame, task, today, ui }
