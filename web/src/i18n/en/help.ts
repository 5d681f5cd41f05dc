import type zh from '../zh-CN/help'
import type { Same } from '../same'

export default {
  title: 'Help',
  contents: 'Contents',
  read: {
    title: 'Read in a notice',
    s1: 'Open Plans and drop the notice on the page. It takes .docx, .txt and .md; save a .doc or .wps as .docx first.',
    s2: 'The document is on the left, the tasks that were read from it on the right. Point at one side and the other lights up.',
    s3: 'Check units, counts and dates. What is unsure is marked; a unit that was not matched is picked once and remembered.',
    s4: 'See whether each task is on the duty list. For one that was taken back or is not listed, a reply can be drafted.',
    s5: 'Publish the plan. It gets a number, and the units are told.',
  },
  lights: {
    title: 'Green, yellow, red',
    lead: 'Each task has a light by its limit, and figures count by lights:',
    green: 'On track: the limit is far off, or there is none.',
    yellow:
      'Due soon: only a few working days are left (how many is written under the list) and it is not done.',
    red: 'Overdue: the limit has passed and it is not done.',
    done: 'What is done has no light; it counts as done.',
    days: "Working days follow the State Council's holiday notices: a weekend that is worked counts. See Holidays.",
  },
  states: {
    title: 'Where a task stands',
    unsigned: 'To be signed for: it was sent to the unit, which has not signed yet.',
    active: 'Under way: the unit has signed and works on it; progress can be reported at any time.',
    returned: 'Returned: the unit finds it unclear or not its own and sent it back with a reason.',
    done: 'Done: the unit reports that it is finished.',
    closed: 'Closed out: the office has checked it, the task is over.',
    dropped: 'Dropped: the office withdrew it.',
    urge: 'Urging is a reminder; supervising asks for an answer within a time. Both stay with the task, where the unit sees them.',
  },
  keys: {
    title: 'Keyboard',
    search: 'Search tasks, plans and pages',
    save: 'Save or submit the form that is being filled in',
    close: 'Close the window on top',
    arrows: 'Choose among search results and menu entries',
    enter: 'Open what is chosen',
    tab: 'Go on; when a notice is checked, to the next unsure reading',
    skip: 'First key on a page: skips the menu to the content',
    or: 'or',
  },
  privacy: {
    title: 'What Gewu will not do',
    lead: 'Gewu is for serving people, not for watching them.',
    p1: 'No list of petitioners, no "key person" dossier, no risk score on anybody.',
    p2: "No tracking of anybody's phone, no profile by political standing, belief or overseas ties.",
    p3: 'Where a notice asks for such a thing, Gewu offers what helps instead: a grievance is a case with an owner and a time limit; hardship gets aid; a survey asks what families need, voluntarily and for a stated purpose.',
    p4: 'Identity and phone numbers are stored encrypted and shown masked; seeing them in full and exporting them needs a right and a stated purpose, and is recorded.',
    p5: 'People can see, correct, export and erase what is held on them; what is past its time is erased.',
  },
  more: {
    title: 'More',
    api: 'API documentation',
    api_text: 'For developers: how to read and write the data.',
    forgot: 'Forgot your password, or need a right? Ask the administrator of your office.',
  },
} satisfies Same<typeof zh>
