import type { ChatKitOptions } from './options.js'

export interface OptionWarning {
  option: string
  message: string
}

/**
 * Finds what the chat cannot use in the options of a page. What is usable stays; what is not is left out, so a slip in
 * one option never costs the person the whole chat.
 */
export function checkOptions(given: unknown): { options: ChatKitOptions; warnings: OptionWarning[] } {
  const warnings: OptionWarning[] = []
  if (!isRecord(given)) {
    warnings.push({
      option: 'options',
      message: `setOptions needs an object, not ${describe(given)}. Nothing was set.`,
    })
    return { options: {}, warnings }
  }

  const options: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const check = CHECKS[name as keyof ChatKitOptions]
    const cure = Object.hasOwn(CHECKS, name) ? check(value) : `is not a ChatKit option. ${adviseOn(name)}`
    if (cure === null) options[name] = value
    else warnings.push({ option: name, message: `"${name}" ${cure}` })
  }
  return { options, warnings }
}

type Check = (value: unknown) => string | null

const group: Check = (value) => (isRecord(value) ? null : `must be an object, not ${describe(value)}.`)
const text: Check = (value) => (typeof value === 'string' ? null : `must be a string, not ${describe(value)}.`)

const CHECKS: Record<keyof ChatKitOptions, Check> = {
  api: checkApi,
  locale: text,
  theme: (value) =>
    value === 'light' || value === 'dark' || isRecord(value)
      ? null
      : `must be "light", "dark" or an object such as { colorScheme: "dark" }, not ${describe(value)}.`,
  frameTitle: text,
  initialThread: (value) => (value === null ? null : text(value)),
  onClientTool: (value) =>
    typeof value === 'function' ? null : `must be a function ({ name, params }) => result, not ${describe(value)}.`,
  header: group,
  history: group,
  startScreen: (value) => group(value) ?? checkList(value, 'prompts'),
  threadItemActions: group,
  composer: (value) => group(value) ?? checkList(value, 'tools') ?? checkList(value, 'models'),
  disclaimer: group,
  entities: group,
  commands: group,
  widgets: group,
  thread: group,
  sources: group,
  launcher: (value) => (typeof value === 'boolean' ? null : group(value)),
  autoHeight: (value) => (typeof value === 'boolean' ? null : `must be true or false, not ${describe(value)}.`),
  customWidgets: (value) => group(value) ?? checkWidgets(value),
  appearance: group,
}

function checkApi(value: unknown): string | null {
  const form = 'Use { url: "/api/chatkit" } for your own server or { getClientSecret } for sessions.'
  if (!isRecord(value)) return `must be an object, not ${describe(value)}. ${form}`
  if ('getClientSecret' in value) {
    if (typeof value.getClientSecret !== 'function') return `has a "getClientSecret" that is not a function. ${form}`
    const { appId } = value
    return appId === undefined || typeof appId === 'string' ? null : `has an "appId" that is not a string. ${form}`
  }
  if (typeof value.url !== 'string') return `has no "url". ${form}`
  if (value.fetch !== undefined && typeof value.fetch !== 'function') {
    return 'has a "fetch" that is not a function (url, init) => Promise<Response>.'
  }
  return null
}

function checkWidgets(value: unknown): string | null {
  const isWidget = (widget: unknown) =>
    typeof widget === 'function' ||
    (isRecord(widget) && (typeof widget.html === 'string' || typeof widget.url === 'string'))
  const wrong = isRecord(value) && Object.keys(value).find((name) => !isWidget(value[name]))
  return wrong ? `has "${wrong}", which is neither a function nor { html } nor { url }.` : null
}

function checkList(value: unknown, name: string): string | null {
  const list = isRecord(value) ? value[name] : undefined
  return list === undefined || Array.isArray(list) ? null : `has "${name}" that is not a list.`
}

/** What people write when they mean one of ours: names from older releases, guides and other chats. */
const ADVICE: Record<string, string> = {
  primaryColor: 'Use theme.primaryColor.',
  backgroundColor: 'Use theme.backgroundColor.',
  fontFamily: 'Use theme.fontFamily.',
  borderRadius: 'Use theme.borderRadius.',
  messageBackground: 'Use theme.messageBackground.',
  userMessageColor: 'Use theme.userMessageColor.',
  botMessageColor: 'Use theme.botMessageColor.',
  placeholder: 'Use composer.placeholder.',
  welcomeMessage: 'Use startScreen.greeting.',
  greeting: 'Use startScreen.greeting.',
  prompts: 'Use startScreen.prompts.',
  tools: 'Use composer.tools.',
  models: 'Use composer.models.',
  url: 'Use api.url.',
  session: 'Use api.getClientSecret.',
  clientSecret: 'Use api.getClientSecret.',
  getClientSecret: 'Use api.getClientSecret.',
  workflowId: 'Choose the app on your server when it creates the session, and use api.getClientSecret.',
  enableFileUpload: 'Use composer.attachments.',
  enableVoiceInput: 'Use composer.dictation.',
}

function adviseOn(name: string): string {
  const handler = /^on([A-Z]\w*)$/.exec(name)?.[1]
  if (handler) {
    const event = handler.replace(/\B[A-Z]/g, '.$&').toLowerCase()
    return `Listen to the event instead: addEventListener("chatkit.${event}", …).`
  }
  return Object.hasOwn(ADVICE, name) ? String(ADVICE[name]) : 'It was ignored.'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
