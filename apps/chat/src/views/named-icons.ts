import { ICONS } from './icons.js'

const circle = 'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4Z'
const page = 'M6.5 3h7A1.5 1.5 0 0 1 15 4.5v11a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 5 15.5v-11A1.5 1.5 0 0 1 6.5 3Z'
const square = 'M5 3.5h10A1.5 1.5 0 0 1 16.5 5v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15V5A1.5 1.5 0 0 1 5 3.5Z'
const book = 'M10 5.5C8.3 4.3 6 3.8 3 4v11c3-.2 5.3.3 7 1.5 1.7-1.2 4-1.7 7-1.5V4c-3-.2-5.3.3-7 1.5Zm0 0v11'
const notebook = 'M6 3h8.5A1.5 1.5 0 0 1 16 4.5v11a1.5 1.5 0 0 1-1.5 1.5H6ZM6 3v14M4 6.5h2M4 10h2M4 13.5h2'
const star = 'm10 3 2.1 4.5 4.9.6-3.6 3.4.9 4.9L10 14l-4.3 2.4.9-4.9L3 8.1l4.9-.6Z'
const person = 'M10 3.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM4 16.5c.5-3 2.7-4.5 6-4.5s5.5 1.5 6 4.5'
const house = 'M3.5 9.5 10 4l6.5 5.5M5.5 8v8h9V8'
const clock = `${circle}M10 6v4l2.7 1.7`
const check = `${circle}M6.6 10.3l2.2 2.2 4.4-5`
const sidebar = `${square}M8 3.5v13`
const sidebarRight = `${square}M12 3.5v13`
const gear =
  'M8.8 4.4 9 2.5 11 2.5 11.2 4.4 13.1 5.2 14.6 4 16 5.4 14.8 6.9 15.6 8.8 17.5 9 17.5 11 15.6 11.2 14.8 13.1 16 14.6 14.6 16 13.1 14.8 11.2 15.6 11 17.5 9 17.5 8.8 15.6 6.9 14.8 5.4 16 4 14.6 5.2 13.1 4.4 11.2 2.5 11 2.5 9 4.4 8.8 5.2 6.9 4 5.4 5.4 4 6.9 5.2ZM10 7.6a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8Z'
const dot = 'a.5.5 0 1 1 1 0 .5.5 0 0 1-1 0Z'
const dots = `M4 10${dot}M9.5 10${dot}M15 10${dot}`
const dotsVertical = `M9.5 4.5${dot}M9.5 10${dot}M9.5 15.5${dot}`
const expand = 'M11.5 4H16v4.5M16 4l-5 5M8.5 16H4v-4.5M4 16l5-5'
const collapse = 'M16.5 8.5H12V4M12 8.5l4.5-4.5M3.5 11.5H8V16M8 11.5 3.5 16'
const pencil = ICONS.pencil ?? ''

/** The icons hosts and agents can name: the protocol's and the header's lists, similar meanings sharing one drawing. */
export const NAMED_ICONS: Record<string, string> = {
  agent: 'M6 7h8a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2ZM10 7V4M8 11v1.5M12 11v1.5',
  analytics: 'M4 16V9M8 16V5M12 16v-6M16 16V7',
  atom: `${'M10 9.7v.6'}M3.5 10c0-1.7 2.9-3 6.5-3s6.5 1.3 6.5 3-2.9 3-6.5 3-6.5-1.3-6.5-3ZM6.7 4.4c1.5-.9 4 1 5.8 4.1s2.3 6.2.8 7.1-4-1-5.8-4.1-2.3-6.2-.8-7.1Z`,
  batch: 'M10 3 3.5 6.5 10 10l6.5-3.5ZM3.5 10l6.5 3.5 6.5-3.5M3.5 13.5 10 17l6.5-3.5',
  bolt: 'M11 3 4.5 11.5H9.5L9 17l6.5-8.5h-5Z',
  'book-open': book,
  'book-closed': 'M6 3h9v11H6a1.5 1.5 0 0 0 0 3h9M4.5 15.5v-11A1.5 1.5 0 0 1 6 3',
  'book-clock':
    'M9 17H6a1.5 1.5 0 0 1 0-3h2M4.5 15.5v-11A1.5 1.5 0 0 1 6 3h9v5M13.5 10a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM13.5 12v1.6l1.1.7',
  bug: 'M7 8a3 3 0 0 1 6 0v5a3 3 0 0 1-6 0ZM7 10H3.5M13 10h3.5M7 13l-3 2M13 13l3 2M7 7.5 4.5 5.5M13 7.5l2.5-2',
  calendar:
    'M5 4.5h10A1.5 1.5 0 0 1 16.5 6v9a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15V6A1.5 1.5 0 0 1 5 4.5ZM3.5 8.5h13M7 3v3M13 3v3',
  chart: 'M3.5 3.5v13h13M6.5 12.5l3-3.5 2.5 2 4-5',
  'check-circle': check,
  'check-circle-filled': `${circle}M6.1 10.7l2.7 2.7 5.1-5.7-1.1-1-4 4.5-1.6-1.6Z`,
  'chevron-left': 'm12 5.5-4.5 4.5 4.5 4.5',
  'circle-question': `${circle}M8 8a2 2 0 1 1 2.8 1.8c-.6.3-.8.7-.8 1.4M10 13.5v.1`,
  clock,
  compass: `${circle}M12.8 7.2l-1.5 4.1-4.1 1.5 1.5-4.1Z`,
  confetti: 'm3.5 16.5 3.5-9 5.5 5.5ZM12 4v2M16 8h-2M14.5 5.5l-2 2M16 12v.1M9 3.5v.1',
  cube: 'm10 3 6 3.5v7L10 17l-6-3.5v-7ZM4 6.5 10 10l6-3.5M10 10v7',
  desktop:
    'M4.5 4h11A1.5 1.5 0 0 1 17 5.5v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 11.5v-6A1.5 1.5 0 0 1 4.5 4ZM10 13v3.5M7 16.5h6',
  document: `${page}M8 7h4M8 10h4M8 13h2.5`,
  dot: `M9.5 10${dot}`,
  'dots-horizontal': dots,
  'dots-vertical': dotsVertical,
  'dots-horizontal-circle': `${circle}M7 10v.1M10 10v.1M13 10v.1`,
  'dots-vertical-circle': `${circle}M10 7v.1M10 10v.1M10 13v.1`,
  'empty-circle': circle,
  'external-link':
    'M11.5 4H16v4.5M16 4l-7 7M8 5H5.5A1.5 1.5 0 0 0 4 6.5v8A1.5 1.5 0 0 0 5.5 16h8a1.5 1.5 0 0 0 1.5-1.5V12',
  keys: 'M7 9.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7Zm2.5 1L16 4M13 7l2.5 2.5',
  lab: 'M8 3.5h4M8.5 3.5v5L4.5 15a1 1 0 0 0 .9 1.5h9.2a1 1 0 0 0 .9-1.5l-4-6.5v-5M6.5 12.5h7',
  images:
    'M6.5 6h9A1.5 1.5 0 0 1 17 7.5v7a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 5 14.5v-7A1.5 1.5 0 0 1 6.5 6ZM5.5 14.5l3-3 2.3 2.3 2-2 3.7 3.2M13 8.8v.1M3 12V5.5A1.5 1.5 0 0 1 4.5 4H13',
  lifesaver: `${circle}M10 7.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM5 5l3.2 3.2M15 5l-3.2 3.2M5 15l3.2-3.2M15 15l-3.2-3.2`,
  lightbulb: 'M7.5 13.5c0-1.5-2.3-2.6-2.3-5.5a4.8 4.8 0 0 1 9.6 0c0 2.9-2.3 4-2.3 5.5ZM8 16.5h4',
  mail: 'M4.5 4.5h11A1.5 1.5 0 0 1 17 6v8a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 14V6a1.5 1.5 0 0 1 1.5-1.5ZM3.5 6l6.5 5 6.5-5',
  'map-pin':
    'M10 17c-3.3-3.3-5-6-5-8.3a5 5 0 0 1 10 0C15 11 13.3 13.7 10 17ZM10 7.2a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2Z',
  maps: 'm3.5 5.5 4.3-2 4.4 2 4.3-2v11l-4.3 2-4.4-2-4.3 2ZM7.8 3.5v11M12.2 5.5v11',
  mobile:
    'M7.5 3h5A1.5 1.5 0 0 1 14 4.5v11a1.5 1.5 0 0 1-1.5 1.5h-5A1.5 1.5 0 0 1 6 15.5v-11A1.5 1.5 0 0 1 7.5 3ZM9.3 14.5h1.4',
  name: person,
  notebook,
  'notebook-pencil':
    'M15.5 8V4.5A1.5 1.5 0 0 0 14 3H6v14h3.5M4 6.5h2M4 10h2M4 13.5h2M11.5 16.5l.4-2 3.9-3.9a1.1 1.1 0 0 1 1.6 1.6l-3.9 3.9Z',
  'page-blank': page,
  phone:
    'M5 3.5h2.5L9 7 7 8.5c.8 2 2.5 3.7 4.5 4.5L13 11l3.5 1.5V15a1.5 1.5 0 0 1-1.7 1.5C8.5 16 4 11.5 3.5 5.2A1.5 1.5 0 0 1 5 3.5Z',
  play: 'm6.5 4 9 6-9 6Z',
  profile: person,
  'profile-card': `${square}M10 6.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4ZM6.5 14c.5-1.7 1.7-2.5 3.5-2.5s3 .8 3.5 2.5`,
  reload: ICONS.retry ?? '',
  star,
  'star-filled': star,
  'sparkle-double':
    'M8.5 5c.5 3.5 2.4 5.4 6 6-3.6.6-5.5 2.5-6 6-.5-3.5-2.4-5.4-6-6 3.6-.6 5.5-2.5 6-6ZM15 3c.2 1.5 1 2.3 2.5 2.5C16 5.7 15.2 6.5 15 8c-.2-1.5-1-2.3-2.5-2.5C14 5.3 14.8 4.5 15 3Z',
  'square-code': `${square}M8 7.5l-2.5 2.5L8 12.5M12 7.5l2.5 2.5-2.5 2.5`,
  'square-image': ICONS.image ?? '',
  'square-text': `${square}M7 7.5h6M7 10h6M7 12.5h3.5`,
  suitcase:
    'M4.5 6.5h11A1.5 1.5 0 0 1 17 8v6.5a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 14.5V8a1.5 1.5 0 0 1 1.5-1.5ZM7.5 6.5V4.8A.8.8 0 0 1 8.3 4h3.4a.8.8 0 0 1 .8.8v1.7',
  'settings-slider': ICONS.settings ?? '',
  'settings-cog': gear,
  user: person,
  wreath:
    'M8 3.5C4.5 4.7 3 7.7 3.5 11c.4 2.8 2.5 5 5.5 5.5M12 3.5c3.5 1.2 5 4.2 4.5 7.5-.4 2.8-2.5 5-5.5 5.5M4.3 7l2.4.8M3.5 10.8l2.6-.4M5 14l2-1.6M15.7 7l-2.4.8M16.5 10.8l-2.6-.4M15 14l-2-1.6',
  write: pencil,
  'write-alt': pencil,
  'write-alt2': ICONS.compose ?? '',
  'sidebar-left': sidebar,
  'sidebar-open-left': sidebar,
  'sidebar-open-left-alt': sidebar,
  'sidebar-floating-left': sidebar,
  'sidebar-floating-open-left': sidebar,
  'sidebar-collapse-left': sidebar,
  'sidebar-right': sidebarRight,
  'sidebar-open-right': sidebarRight,
  'sidebar-open-right-alt': sidebarRight,
  'sidebar-floating-right': sidebarRight,
  'sidebar-floating-open-right': sidebarRight,
  'sidebar-collapse-right': sidebarRight,
  'collapse-left': 'M4 4v12M16 10H7.5M11 6.5 7.5 10l3.5 3.5',
  'collapse-right': 'M16 4v12M4 10h8.5M9 6.5l3.5 3.5L9 13.5',
  'open-left': 'M16 4v12M12.5 10H4M7.5 6.5 4 10l3.5 3.5',
  'open-right': 'M4 4v12M7.5 10H16M12.5 6.5 16 10l-3.5 3.5',
  'double-chevron-left': 'M10 5.5 5.5 10l4.5 4.5M15 5.5 10.5 10l4.5 4.5',
  'double-chevron-right': 'm10 5.5 4.5 4.5-4.5 4.5M5 5.5 9.5 10 5 14.5',
  home: house,
  'home-alt': house,
  'back-small': ICONS.back ?? '',
  'back-large': ICONS.back ?? '',
  'expand-large': expand,
  'expand-small': expand,
  'collapse-large': collapse,
  'collapse-small': collapse,
  'chat-temporary': 'M16.5 10a6.5 6.5 0 0 1-9.7 5.6L3.5 16.5l.9-3.3A6.5 6.5 0 1 1 16.5 10Z',
  grid: 'M4 4h4.5v4.5H4ZM11.5 4H16v4.5h-4.5ZM4 11.5h4.5V16H4ZM11.5 11.5H16V16h-4.5Z',
  menu: 'M3.5 6h13M3.5 10h13M3.5 14h13',
  'menu-inverted': 'M3.5 6h13M3.5 10h9M3.5 14h13',
  hamburger: 'M3.5 7h13M3.5 13h13',
  share: 'M10 12.5V3.5M6.5 6.5 10 3l3.5 3.5M4.5 10.5v5A1.5 1.5 0 0 0 6 17h8a1.5 1.5 0 0 0 1.5-1.5v-5',
  'light-mode':
    'M10 6.7a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6ZM10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.3l1 1M15.3 4.7l-1 1M5.7 14.3l-1 1',
  'dark-mode': 'M16.5 11.8A6.8 6.8 0 0 1 8.2 3.5a6.8 6.8 0 1 0 8.3 8.3Z',
}
