import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Writes the page of the widgets' sandbox. Its script stands in the page: a page of no origin can load none from ours
 * without more permission than it should have.
 */
export async function buildSandbox(dist) {
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: ['chrome111', 'firefox114', 'safari16.4'],
      lib: { entry: here('../src/sandbox/main.ts'), formats: ['iife'], name: 'sandbox' },
    },
  })
  const page = readFileSync(here('../sandbox/index.html'), 'utf8')
  const script = output[0].code.trim().replaceAll('</', '<\\/')
  mkdirSync(`${dist}/sandbox`, { recursive: true })
  writeFileSync(
    `${dist}/sandbox/index.html`,
    page.replace('<script></script>', () => `<script>${script}</script>`),
  )
}
