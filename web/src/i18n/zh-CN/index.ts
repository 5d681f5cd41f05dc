import auth from './auth'
import frame from './frame'
import today from './today'
import ui from './ui'

export default { auth, frame, today, ui }
