// Runs in the realm of its own, before Pyodide. Pyodide takes it for a shell: a few functions, and nothing else of a
// host. Whatever a function of the host gives or throws stays in here; Python gets copies made of this realm's own stuff.
;(host) => {
  const guarded = (work) => {
    try {
      return work()
    } catch {
      throw new Error('The sandbox has no such thing.')
    }
  }
  const copied = (bytes) => {
    const copy = new Uint8Array(bytes.length)
    copy.set(bytes)
    return copy
  }

  const ignored = () => undefined

  class TextDecoder {
    constructor(encoding = 'utf-8') {
      this.encoding = encoding
    }
    decode(given = new Uint8Array()) {
      const bytes = ArrayBuffer.isView(given)
        ? new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
        : new Uint8Array(given)
      return /16/.test(this.encoding) ? fromUtf16(bytes) : fromUtf8(bytes)
    }
  }
  const PIECE = 8192
  function fromUtf16(bytes) {
    const units = []
    for (let at = 0; at + 1 < bytes.length; at += 2) units.push(bytes[at] | (bytes[at + 1] << 8))
    return inPieces(units, String.fromCharCode)
  }
  function fromUtf8(bytes) {
    const points = []
    for (let at = 0; at < bytes.length; ) {
      const first = bytes[at++]
      const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3
      let point = more === 0 ? first : first & (0x3f >> more)
      for (let count = 0; count < more; count++) point = (point << 6) | (bytes[at++] & 0x3f)
      points.push(point <= 0x10ffff && point >= 0 ? point : 0xfffd)
    }
    return inPieces(points, String.fromCodePoint)
  }
  function inPieces(numbers, toText) {
    let text = ''
    for (let at = 0; at < numbers.length; at += PIECE) text += toText(...numbers.slice(at, at + PIECE))
    return text
  }
  class TextEncoder {
    encode(text = '') {
      const utf8 = unescape(encodeURIComponent(String(text).toWellFormed?.() ?? text))
      const bytes = new Uint8Array(utf8.length)
      for (let at = 0; at < utf8.length; at++) bytes[at] = utf8.charCodeAt(at)
      return bytes
    }
    encodeInto(text, target) {
      const bytes = this.encode(text)
      target.set(bytes)
      return { read: text.length, written: bytes.length }
    }
  }

  let timers = 0
  const stopped = new Set()
  Object.assign(globalThis, {
    TextDecoder,
    TextEncoder,
    window: {}, // Emscripten then takes random numbers from `crypto`
    read: () => '',
    load: () => undefined,
    readbuffer: (path) => guarded(() => copied(host.read(path.slice(ROOT.length)))).buffer,
    performance: { now: () => guarded(() => host.now()) },
    crypto: {
      getRandomValues(view) {
        const bytes = guarded(() => copied(host.random(view.byteLength)))
        new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(bytes)
        return view
      },
    },
    setTimeout(work, ms, ...given) {
      const id = ++timers
      guarded(() => host.later(() => void (stopped.delete(id) || work(...given)), Number(ms) || 0))
      return id
    },
    clearTimeout: (id) => void stopped.add(id),
    console: { log: ignored, warn: ignored, error: ignored },
    URL: class {},
    AbortController: class {},
  })
  const ROOT = '/pyodide/'

  const start = async () => {
    const createPyodideModule = guarded(host.createModule)
    guarded(host.loadLoader)
    const { loadPyodide } = globalThis
    const decoder = new TextDecoder()
    const print = (bytes) => {
      guarded(() => host.write(decoder.decode(bytes)))
      return bytes.length
    }
    const python = await loadPyodide({
      indexURL: ROOT,
      lockFileContents: JSON.parse(host.lock),
      packageBaseUrl: ROOT,
      createPyodideModule,
      jsglobals: Object.create(null),
      env: { HOME: '/files', MPLBACKEND: 'AGG', MPLCONFIGDIR: '/tmp' },
    })
    python.setStdout({ write: print, isatty: false })
    python.setStderr({ write: print, isatty: false })
    python.setStdin({ error: true })
    const { FS } = python
    const unpack = (name) => {
      const bytes = guarded(() => host.readPackage(name))
      if (bytes) python.unpackArchive(copied(bytes), 'wheel')
    }
    for (const name of host.wheels) unpack(name)
    const given = new Map()
    python.runPython(host.setup)
    const execute = python.globals.get('__parley_run')
    return {
      put(name, bytes) {
        const copy = copied(bytes)
        FS.writeFile(`/files/${name}`, copy)
        given.set(name, copy)
      },
      async run(code) {
        if (host.hasLock) await addPackages(python, code, unpack)
        const answer = await execute(code)
        const [result, error] = answer.toJs()
        return { result, error }
      },
      made: () => madeFiles(FS, given),
    }
  }

  /** Unpacks what the code imports, and what that needs in turn. */
  async function addPackages(python, code, unpack) {
    const { packages } = JSON.parse(host.lock)
    const imports = python.pyimport('pyodide.code').find_imports(code).toJs()
    const wanted = Object.keys(packages).filter((name) => packages[name].imports?.some((one) => imports.includes(one)))
    const done = new Set()
    while (wanted.length > 0) {
      const name = wanted.pop()
      const entry = packages[name]
      if (!entry || done.has(name)) continue
      done.add(name)
      wanted.push(...(entry.depends ?? []))
      unpack(entry.file_name)
    }
  }

  /** What is new in `/files`, or not what it was. */
  function madeFiles(FS, given) {
    const made = []
    const walk = (folder, prefix) => {
      for (const entry of FS.readdir(folder)) {
        if (entry === '.' || entry === '..') continue
        const path = `${folder}/${entry}`
        const { mode } = FS.lstat(path)
        if (FS.isDir(mode)) walk(path, `${prefix}${entry}_`)
        if (!FS.isFile(mode)) continue
        const data = FS.readFile(path)
        const before = given.get(`${prefix}${entry}`)
        if (!before || before.length !== data.length || before.some((byte, at) => byte !== data[at]))
          made.push({ name: `${prefix}${entry}`, data })
      }
    }
    walk('/files', '')
    return made
  }

  return start()
}
