import type { ShellWords } from './bridge/index.js'

/**
 * The box as a panel in the corner of the page, and the button that opens it; on a phone the panel is the whole screen.
 * The rules outrank the page's: a page that asks for a launcher may have given the element a size for other pages.
 */
export const LAUNCHER_SHEET = `
:host([data-launcher]){position:fixed!important;inset:auto 16px 84px auto!important;width:min(var(--parley-panel-width,400px),100vw - 32px)!important;height:min(var(--parley-panel-height,680px),100dvh - 100px)!important;border-radius:16px;overflow:hidden;box-shadow:0 12px 48px -8px rgb(0 0 0/.35);z-index:2147483000;visibility:hidden}
:host([data-launcher][data-open]){visibility:visible}
:host([data-launcher=start]){inset:auto auto 84px 16px!important}
.launcher{position:fixed;inset:auto 16px 16px auto;display:none;place-items:center;width:56px;height:56px;padding:0;border:0;border-radius:50%;background:var(--parley-launcher,#3b4bc8);color:var(--parley-launcher-icon,#fff);box-shadow:0 6px 20px -4px rgb(0 0 0/.4);cursor:pointer;visibility:visible}
:host([data-launcher]) .launcher{display:grid}
:host([data-launcher=start]) .launcher{inset:auto auto 16px 16px}
.launcher:focus-visible{outline:3px solid;outline-offset:-6px}
.launcher svg{width:26px;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.unread{position:absolute;inset:2px 2px auto auto;width:12px;height:12px;border:2px solid #fff;border-radius:50%;background:#d92d20}
@media (max-width:480px){:host([data-launcher][data-open]){inset:0!important;width:100%!important;height:100%!important;border-radius:0}:host([data-open]) .launcher{display:none}}`

const CHAT = 'M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z'
const CLOSE = 'm6 6 12 12M18 6 6 18'
const SVG = 'http://www.w3.org/2000/svg'

export interface Launcher {
  readonly button: HTMLButtonElement
  /** Draws the button for a panel that is open or not, with or without something unread in it. */
  draw(state: { isOpen: boolean; isUnread: boolean; words: ShellWords }): void
}

export function createLauncher(onPress: () => void): Launcher {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'launcher'
  button.setAttribute('part', 'launcher')
  button.addEventListener('click', onPress)
  const icon = document.createElementNS(SVG, 'svg')
  icon.setAttribute('viewBox', '0 0 24 24')
  const path = icon.appendChild(document.createElementNS(SVG, 'path'))
  const dot = document.createElement('span')
  dot.className = 'unread'
  dot.setAttribute('part', 'unread')
  button.append(icon, dot)
  return {
    button,
    draw({ isOpen, isUnread, words }) {
      path.setAttribute('d', isOpen ? CLOSE : CHAT)
      dot.style.display = isUnread ? '' : 'none'
      const label = isOpen ? words.close : words.open
      button.setAttribute('aria-label', isUnread ? `${label}. ${words.unread}` : label)
      button.setAttribute('aria-expanded', String(isOpen))
    },
  }
}
