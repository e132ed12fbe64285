/**
 * First script of the frame, here long before the chat itself: connects with the page and shows the first screen that
 * stands in the document, with a field that can be written in. The views take those elements over, and with them the
 * text, the cursor and what was sent.
 */
import { connectToPage } from './host/connect.js'
import { lacksMicrophone, reloadWithMicrophone } from './host/microphone.js'
import type { PageConnection } from './host/page-connection.js'
import type { ChatOptions, StartPrompt } from './store/options.js'
import { directionIn } from './text/direction.js'
import { applyTheme } from './theme/apply-theme.js'
import { sends } from './views/composer/enter-key.js'

export interface FirstScreen {
  root: HTMLElement
  connection: PageConnection
  /** Hands over the field: what is in it, and whether it was sent. */
  takeOver(): { text: string; isSent: boolean }
}

/** `null`: there is no chat to be had here, the frame goes elsewhere. */
export const firstScreen: Promise<FirstScreen | null> = open(document.getElementById('chat'))

async function open(root: HTMLElement | null): Promise<FirstScreen | null> {
  const connection = root && (await connectToPage(location.hash))
  if (!connection) {
    location.replace('../../') // opened by itself: the page to chat on is at the root of the server
    return null
  }
  const options: ChatOptions = connection.start.options
  if (lacksMicrophone(options, connection.hasMicrophone)) {
    reloadWithMicrophone()
    return null
  }
  applyTheme(document.documentElement, options.theme)
  show(root, options)
  return { root, connection, takeOver: letWrite(root) }
}

/** As the views will draw it, as far as the place of the field depends on it. Words of other languages are still to come. */
function show(root: HTMLElement, options: ChatOptions): void {
  const { header, startScreen, composer, disclaimer, entities, initialThread } = options
  const language = String(options.locale ?? navigator.language)
  const isEnglish = language.startsWith('en')
  const field = find(root, 'textarea')
  const start = find(root, '.start')
  document.documentElement.dir = directionIn(language)

  if (composer?.placeholder !== undefined || !isEnglish) field.setAttribute('placeholder', composer?.placeholder ?? '')
  if (header?.enabled === false) find(root, '.chat-head').remove()
  if (initialThread) {
    find(root, '.chat-main').className = 'chat-main'
    start.replaceWith(make('div', 'thread-frame'))
  } else {
    const greeting = find(root, '.start-greeting')
    if (startScreen?.greeting !== undefined || !isEnglish) greeting.textContent = startScreen?.greeting ?? '\u00a0'
    if (startScreen?.prompts?.length) start.append(listOf(startScreen.prompts))
  }
  const hasChoices =
    composer?.tools?.length || composer?.models?.length || composer?.attachments?.enabled || entities?.showComposerMenu
  if (hasChoices) find(root, '.composer').classList.remove('composer-plain')
  if (disclaimer) find(root, '.chat-foot').append(make('div', 'disclaimer kept-place', disclaimer.text))
  find(root, '.chat').hidden = false
}

function listOf(prompts: StartPrompt[]): HTMLElement {
  const list = make('ul', 'start-prompts')
  for (const { label } of prompts) {
    const entry = list.appendChild(make('li'))
    entry.appendChild(make('button', 'start-prompt')).append(make('span', '', label))
  }
  return list
}

/** Enter sends here too: the text is kept as it is until the chat can send it. */
function letWrite(root: HTMLElement): FirstScreen['takeOver'] {
  const form = find(root, 'form')
  const field = root.querySelector('textarea')
  const button = root.querySelector<HTMLButtonElement>('.send')
  const until = new AbortController()
  const { signal } = until
  if (!field || !button) throw new TypeError('The document of the frame has no field.')

  field.addEventListener('input', () => (button.disabled = field.value.trim() === ''), { signal })
  field.addEventListener(
    'keydown',
    (event) => {
      if (!sends(event)) return
      event.preventDefault()
      form.dispatchEvent(new SubmitEvent('submit', { cancelable: true }))
    },
    { signal },
  )
  form.addEventListener(
    'submit',
    (event) => {
      event.preventDefault()
      if (field.value.trim() === '') return
      field.readOnly = true
      button.disabled = true
    },
    { signal },
  )
  return () => {
    until.abort()
    return { text: field.value, isSent: field.readOnly }
  }
}

function find(root: HTMLElement, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector)
  if (!found) throw new TypeError(`The document of the frame has no ${selector}.`)
  return found
}

function make(tag: string, name = '', text = ''): HTMLElement {
  return Object.assign(document.createElement(tag), { className: name, textContent: text })
}
