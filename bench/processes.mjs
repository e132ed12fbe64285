import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Starts a Node program in a process group of its own. */
export function startNode(args, env = {}, options = {}) {
  return spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: 'ignore', detached: true, ...options })
}

/** Ends a program started above, with everything it started. */
export function stop(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    const force = setTimeout(() => signal(child, 'SIGKILL'), 5_000)
    child.once('exit', () => {
      clearTimeout(force)
      resolve()
    })
    signal(child, 'SIGTERM')
  })
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name)
  } catch (thrown) {
    if (thrown.code !== 'ESRCH') throw thrown // it has ended by itself
  }
}

/** CPU seconds and resident MB of a process and all its descendants, from /proc (Linux). */
export function usageOf(pid) {
  let cpuS = 0
  let rssMB = 0
  for (const member of familyOf(pid)) {
    const fields = statOf(member)
    if (!fields) continue
    cpuS += (Number(fields[11]) + Number(fields[12])) / 100
    rssMB += (Number(fields[21]) * 4096) / 1048576
  }
  return { cpuS, rssMB }
}

function familyOf(root) {
  const children = new Map()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = Number(statOf(name)?.[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const family = [root]
  for (const member of family) family.push(...(children.get(member) ?? []))
  return family
}

/** The fields behind the program's name, which may itself hold spaces and brackets. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined // it ended between the listing and the reading
  }
}
