// Python in Pyodide, which is WebAssembly with a bridge to JavaScript. What Python can reach over the bridge is a realm
// of its own: no Node, no network, no file, and neither that realm nor this one turns text into code.
import { randomFillSync } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'

export async function run({ code, files, places, ready, write }) {
  const realm = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: true } })
  const inside = (text, filename) => vm.runInContext(text, realm, { filename })
  const source = (name) => readFileSync(join(places.pyodide, name), 'utf8')
  const start = inside(readFileSync(new URL('./python-realm.js', import.meta.url), 'utf8'), 'python-realm.js')
  const packages = packagesOf(places)
  const python = await start({
    now: () => performance.now(),
    random: (size) => randomFillSync(new Uint8Array(size)),
    later: (work, ms) => void setTimeout(work, ms),
    read: (name) => readFileSync(inFolder(places.pyodide, name)),
    readPackage: (name) =>
      existsSync(inFolder(places.packages, name)) ? readFileSync(inFolder(places.packages, name)) : null,
    write,
    createModule: () => inside(toScript(source('pyodide.asm.mjs')), 'pyodide.asm.mjs'),
    loadLoader: () => inside(source('pyodide.js'), 'pyodide.js'),
    lock: packages.lock ?? source('pyodide-lock.json'),
    wheels: packages.wheels,
    hasLock: packages.lock !== undefined,
    setup: readFileSync(new URL('./python-setup.py', import.meta.url), 'utf8'),
  })
  for (const { name, data } of files) python.put(name, data)
  ready()
  const { result, error } = await python.run(code)
  const made = python.made().map(({ name, data }) => ({ name, data: new Uint8Array(data) }))
  return { ...(result && { result: String(result) }), ...(error && { error: String(error) }), files: made }
}

/** The folder the operator named: Pyodide's own distribution with its list, or wheels alone. */
function packagesOf({ packages }) {
  if (!packages) return { wheels: [] }
  const list = join(packages, 'pyodide-lock.json')
  if (existsSync(list)) return { lock: readFileSync(list, 'utf8'), wheels: [] }
  return { wheels: readdirSync(packages).filter((name) => name.endsWith('.whl')) }
}

/** A file that lies in a folder itself. */
function inFolder(folder, name) {
  if (!/^[\w.+-]+$/.test(name)) throw new Error('No file has such a name.')
  return join(folder, name)
}

/** The module as a script: what it exports is its last value. */
const toScript = (text) =>
  text
    .replace(/\bimport\.meta\.url\b/g, '"file:///pyodide/pyodide.asm.mjs"')
    .replace(/export default (\w+);?\s*$/, '$1')
