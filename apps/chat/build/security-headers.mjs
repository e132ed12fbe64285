/** What each page may do. Data, not code: the manifest carries it to whoever serves the files. */
import { createHash } from 'node:crypto'

/** Nothing from elsewhere, no inline script, no HTML made from strings (Trusted Types with no policy at all). */
const STRICT = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
}

/** Nothing of the machine but what the chat uses: the microphone while somebody dictates, and copying. */
const PERMISSIONS = [
  'microphone=(self)',
  'clipboard-write=(self)',
  ...['camera', 'geolocation', 'display-capture', 'payment', 'usb', 'serial', 'hid', 'midi'].map(
    (feature) => `${feature}=()`,
  ),
].join(', ')

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': PERMISSIONS,
}

function policy(directives) {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

/**
 * Any page may embed the chat. There is no frame-ancestors on purpose: its `*` knows only web pages and would shut out
 * files and apps (file:, capacitor:, app:). A server that wants to name the pages appends a frame-ancestors of its own.
 * `style` is the one that stands in the page: it alone, to the letter, is let through.
 */
export const frameHeaders = (style) => ({
  ...COMMON,
  'content-security-policy': policy({
    ...STRICT,
    'style-src': `'self' 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    'media-src': "'self' blob:",
    'frame-src': "'self'", // the widgets' sandbox; a page in it cannot lead it elsewhere either
  }),
  'cross-origin-resource-policy': 'cross-origin',
})

/**
 * The sandbox of widgets that are HTML: no origin, whoever embeds it; scripts and styles of its own, and no way out, not
 * even the look-up of a name. Its HTML comes from the chat around it, so there is nothing in it to protect from others.
 */
export const SANDBOX_HEADERS = {
  ...COMMON,
  'permissions-policy': PERMISSIONS.replaceAll('(self)', '()'),
  'content-security-policy': policy({
    'default-src': "'none'",
    'script-src': "'unsafe-inline'",
    'style-src': "'unsafe-inline'",
    'img-src': 'data: blob:',
    'media-src': 'data: blob:',
    'font-src': 'data:',
    'base-uri': "'none'",
    'form-action': "'none'",
    sandbox: 'allow-scripts allow-forms',
  }),
  'x-dns-prefetch-control': 'off',
  'cross-origin-resource-policy': 'cross-origin',
}

/** The page to chat on and the gallery embed the frame and are themselves embedded nowhere. */
export const HOME_HEADERS = {
  ...COMMON,
  'content-security-policy': policy({ ...STRICT, 'frame-src': "'self'", 'frame-ancestors': "'none'" }),
}

/** The studio is embedded nowhere; the chat in it is the server's own. */
export const STUDIO_HEADERS = {
  ...COMMON,
  'permissions-policy': PERMISSIONS.replace('microphone=(self)', 'microphone=()'),
  'content-security-policy': policy({
    ...STRICT,
    'img-src': "'self' data:",
    'frame-src': "'self'",
    'frame-ancestors': "'none'",
  }),
  'cross-origin-opener-policy': 'same-origin',
}

/** Scripts and styles: pages of other origins load them, modules among them with CORS. */
export const ASSET_HEADERS = {
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
}
