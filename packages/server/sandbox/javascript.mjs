// JavaScript in QuickJS, which is WebAssembly: the code sees an engine of its own and what is handed to it here.
import { readFileSync } from 'node:fs'

const STACK_BYTES = 512 * 1024
const MOST_JOBS = 1_000_000
/** What a job throws never gets here, so nothing at all is the engine's own: it had no room left for an error. */
const NO_MEMORY = 'InternalError: out of memory'
/** A promise's reason may be null because the code wanted it so. */
const NO_REASON = 'A promise was rejected with null: by the code itself, or because it was out of memory.'

export async function run({ code, files, places, limits, ready, write }) {
  const { newQuickJSWASMModuleFromVariant } = await import(places.core)
  const { default: variant } = await import(places.engine)
  const quickjs = await newQuickJSWASMModuleFromVariant(variant)
  const runtime = quickjs.newRuntime({
    memoryLimitBytes: limits.memoryMb * 0.5 * 1024 * 1024,
    maxStackSizeBytes: STACK_BYTES,
  })
  const vm = runtime.newContext()
  const kept = new Map(files.map(({ name, data }) => [name, data]))
  const made = new Map()
  const host = {
    write: (text) => void write(vm.getString(text)),
    names: () => vm.newString(JSON.stringify([...new Set([...kept.keys(), ...made.keys()])])),
    read: (name) => {
      const data = made.get(vm.getString(name)) ?? kept.get(vm.getString(name))
      return data ? vm.newArrayBuffer(new Uint8Array(data).buffer) : vm.undefined
    },
    save: (name, data) => {
      const bytes = vm.getArrayBuffer(data)
      made.set(vm.getString(name), new Uint8Array(bytes.value))
      bytes.dispose()
    },
  }
  const bridge = vm.newObject()
  for (const [name, work] of Object.entries(host))
    vm.newFunction(name, work).consume((made) => vm.setProp(bridge, name, made))
  const prelude = readFileSync(new URL('./javascript-prelude.js', import.meta.url), 'utf8')
  const open = vm.unwrapResult(vm.evalCode(prelude, 'prelude.js'))
  const finish = vm.unwrapResult(vm.callFunction(open, vm.undefined, bridge)) // turns a value into text
  ready()

  const outcome = evaluate(vm, runtime, { code, finish })
  return { ...outcome, files: [...made].map(([name, data]) => ({ name, data })) }
}

/** Runs a script; one that waits at its top level runs as a module, which has no last value. */
function evaluate(vm, runtime, { code, finish }) {
  let ran = vm.evalCode(code, 'code.js', { type: 'global' })
  if (ran.error && isAwait(vm, ran.error, code)) {
    ran.error.dispose()
    ran = vm.evalCode(code, 'code.js', { type: 'module' })
    if (!ran.error) return settle(vm, runtime, { value: ran.value, finish, silent: true })
  }
  if (ran.error) return { error: describe(vm, finish, ran.error) }
  return settle(vm, runtime, { value: ran.value, finish, silent: false })
}

function isAwait(vm, error, code) {
  const { name } = vm.dump(error) ?? {}
  return name === 'SyntaxError' && /\b(await|import|export)\b/.test(code)
}

/** Lets promises come to their end; timers of the prelude are jobs like any other. */
function settle(vm, runtime, { value, finish, silent }) {
  const jobs = runtime.executePendingJobs(MOST_JOBS)
  if (jobs.error) return { error: vm.dump(jobs.error) === null ? NO_MEMORY : describe(vm, finish, jobs.error) }
  const state = vm.getPromiseState(value)
  if (state.type === 'rejected')
    return { error: vm.dump(state.error) === null ? NO_REASON : describe(vm, finish, state.error) }
  if (state.type === 'pending') return { error: 'The code waits for something that never comes.' }
  const result = silent ? '' : describe(vm, finish, state.value)
  return result ? { result } : {}
}

function describe(vm, finish, value) {
  const text = vm.callFunction(finish, vm.undefined, value)
  if (text.error) return 'A value that cannot be described.'
  return vm.getString(text.value)
}
